package dev.sluice.security;

import dev.sluice.account.PasswordHasher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * Hashes passwords with Spring Security's delegating encoder, whose hashes name their algorithm, so that it can change
 * without a change of anybody's password. Which one makes new hashes is a setting. Thread-safe.
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

    private static final int BCRYPT_DIGEST_LENGTH = 31;

    private final PasswordScheme scheme;
    private final DelegatingPasswordEncoder encoder;
    private final PasswordEncoder preferred;
    private final String prefix;

    /** New passwords are hashed by bcrypt. */
    public DelegatingPasswordHasher() {
        this(PasswordScheme.DEFAULT);
    }

    public DelegatingPasswordHasher(PasswordScheme scheme) {
        this.scheme = scheme;
        BCryptPasswordEncoder bcrypt =
                new BCryptPasswordEncoder(scheme.name() == PasswordScheme.Name.BCRYPT ? scheme.cost() : 10);
        Map<String, PasswordEncoder> encoders = new HashMap<>();
        encoders.put(BCRYPT, bcrypt);
        encoders.put(PBKDF2, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8());
        for (PasswordScheme.Name name : List.of(PasswordScheme.Name.PBKDF2_SHA256, PasswordScheme.Name.PBKDF2_SHA512)) {
            encoders.put(
                    name.text(),
                    new ModularPbkdf2Encoder(name, Math.max(1, scheme.rounds()), Math.max(1, scheme.saltLength())));
        }
        preferred = Objects.requireNonNull(encoders.get(scheme.name().text()));
        prefix = "{" + scheme.name().text() + "}";
        encoder = new DelegatingPasswordEncoder(scheme.name().text(), encoders);
        // InfluxDB's own hashes name nothing.
        encoder.setDefaultPasswordEncoderForMatches(bcrypt);
    }

    @Override
    public boolean isOutdated(String hash) {
        return !hash.startsWith(prefix) || preferred.upgradeEncoding(hash.substring(prefix.length()));
    }

    @Override
    public String hash(String password) {
        return Objects.requireNonNull(encoder.encode(notEmpty(password)));
    }

    /** What bcrypt makes of a password is compared in the end only: any letters will do, and a start hashes nothing. */
    @Override
    public String nobodysHash() {
        if (scheme.name() != PasswordScheme.Name.BCRYPT) {
            return PasswordHasher.super.nobodysHash();
        }
        String letters = bcryptSalt() + bcryptSalt();
        return prefix + BCrypt.gensalt(scheme.cost()) + letters.substring(0, BCRYPT_DIGEST_LENGTH);
    }

    private String bcryptSalt() {
        String salt = BCrypt.gensalt(scheme.cost());
        return salt.substring(salt.lastIndexOf('$') + 1);
    }

    @Override
    public boolean matches(String password, String hash) {
        return encoder.matches(notEmpty(password), hash);
    }

    @Override
    public boolean isHash(String text) {
        return HASH.matcher(text).matches()
                || text.startsWith("{pbkdf2-sha") && ModularPbkdf2Encoder.isHash(text.substring(text.indexOf('}') + 1));
    }

    private static String notEmpty(String password) {
        return password.isEmpty() ? EMPTY : password;
    }
}
