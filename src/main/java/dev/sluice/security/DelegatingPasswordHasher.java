package dev.sluice.security;

import dev.sluice.account.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * Hashes passwords with Spring Security's delegating encoder, whose hashes name their algorithm, so that it can change
 * without a change of anybody's password. bcrypt by default; it looks at 72 bytes and no more, so longer passwords are
 * hashed with PBKDF2, which looks at all of them. Thread-safe.
 */
public final class DelegatingPasswordHasher implements PasswordHasher {

    private static final int BCRYPT_LIMIT_IN_BYTES = 72;
    private static final String BCRYPT = "bcrypt";
    private static final String PBKDF2 = "pbkdf2@SpringSecurity_v5_8";

    private final PasswordEncoder shortPasswords;
    private final PasswordEncoder longPasswords;

    public DelegatingPasswordHasher() {
        Map<String, PasswordEncoder> encoders = Map.of(
                BCRYPT, new BCryptPasswordEncoder(), PBKDF2, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8());
        shortPasswords = new DelegatingPasswordEncoder(BCRYPT, encoders);
        longPasswords = new DelegatingPasswordEncoder(PBKDF2, encoders);
    }

    @Override
    public String hash(String password) {
        return encoderFor(password).encode(password);
    }

    @Override
    public boolean matches(String password, String hash) {
        return shortPasswords.matches(password, hash);
    }

    private PasswordEncoder encoderFor(String password) {
        boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= BCRYPT_LIMIT_IN_BYTES;
        return fits ? shortPasswords : longPasswords;
    }
}
