package dev.sluice.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * PBKDF2 in modular crypt format, {@code $pbkdf2-sha256$rounds$salt$key}: salt and key in base64 with a dot for the plus
 * and without padding. Spring's own encoder does not fit, as its hashes do not tell their rounds and so could not outlive a
 * change of the setting.
 */
final class ModularPbkdf2Encoder extends AbstractValidatingPasswordEncoder {

    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-sha(256|512)\\$([1-9]\\d{0,9})\\$([./A-Za-z0-9]+)\\$([./A-Za-z0-9]+)");

    private final PasswordScheme.Name name;
    private final int rounds;
    private final int saltLength;
    private final SecureRandom random = new SecureRandom();

    ModularPbkdf2Encoder(PasswordScheme.Name name, int rounds, int saltLength) {
        this.name = name;
        this.rounds = rounds;
        this.saltLength = saltLength;
    }

    static boolean isHash(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    protected String encodeNonNullPassword(String password) {
        byte[] salt = new byte[saltLength];
        random.nextBytes(salt);
        return "$" + name.text() + "$" + rounds + "$" + text(salt) + "$" + text(key(password, salt, rounds));
    }

    @Override
    protected boolean matchesNonNull(String password, String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches() || !hash.startsWith("$" + name.text() + "$")) {
            return false;
        }
        try {
            byte[] key = key(password, bytes(parts.group(3)), Integer.parseInt(parts.group(2)));
            return MessageDigest.isEqual(key, bytes(parts.group(4)));
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    @Override
    protected boolean upgradeEncodingNonNull(String hash) {
        Matcher parts = FORM.matcher(hash);
        return !parts.matches()
                || !parts.group(2).equals(String.valueOf(rounds))
                || bytes(parts.group(3)).length != saltLength;
    }

    private byte[] key(String password, byte[] salt, int times) {
        boolean sha256 = name == PasswordScheme.Name.PBKDF2_SHA256;
        String algorithm = sha256 ? "PBKDF2WithHmacSHA256" : "PBKDF2WithHmacSHA512";
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, times, sha256 ? 256 : 512);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + algorithm, missing);
        } finally {
            spec.clearPassword();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    private static byte[] bytes(@Nullable String text) {
        return Base64.getDecoder().decode(String.valueOf(text).replace('.', '+'));
    }
}
