package dev.sluice.security;

import dev.sluice.account.PasswordHasher;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * Hashes passwords with Spring Security's delegating encoder, whose hashes name their algorithm, so that it can change
 * without a change of anybody's password. New ones are made by bcrypt. Thread-safe.
 */
public final class DelegatingPasswordHasher implements PasswordHasher {

    private static final String BCRYPT = "bcrypt";
    private static final String PBKDF2 = "pbkdf2@SpringSecurity_v5_8";

    /**
     * Stands for the empty password, which InfluxDB allows and Spring's encoders never match, not even slowly. Bcrypt ends
     * a password with a zero byte and repeats it, PBKDF2 fills it up with zeros: to both the two are the same, so a hash of
     * the empty password that was made elsewhere is matched as well.
     */
    private static final String EMPTY = "\0";

    /** Either InfluxDB's own form or that of this class. */
    private static final Pattern HASH =
            Pattern.compile("(\\{bcrypt})?\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}|\\{" + PBKDF2 + "}[0-9a-f]+");

    private final DelegatingPasswordEncoder encoder;

    public DelegatingPasswordHasher() {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
        encoder = new DelegatingPasswordEncoder(
                BCRYPT, Map.of(BCRYPT, bcrypt, PBKDF2, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
        // InfluxDB's own hashes name nothing.
        encoder.setDefaultPasswordEncoderForMatches(bcrypt);
    }

    @Override
    public String hash(String password) {
        return Objects.requireNonNull(encoder.encode(notEmpty(password)));
    }

    @Override
    public boolean matches(String password, String hash) {
        return encoder.matches(notEmpty(password), hash);
    }

    @Override
    public boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    private static String notEmpty(String password) {
        return password.isEmpty() ? EMPTY : password;
    }
}
