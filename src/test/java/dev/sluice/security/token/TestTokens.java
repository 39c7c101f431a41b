package dev.sluice.security.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, also those that no library would make. */
public final class TestTokens {

    public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private TestTokens() {}

    /** A token of the user that is good until the given second. */
    public static String of(String secret, String username, long expires) {
        return sign(secret, HS256, "{\"username\":\"" + username + "\",\"exp\":" + expires + "}");
    }

    public static String sign(String secret, String header, String claims) {
        String algorithm =
                header.contains("HS512") ? "HmacSHA512" : header.contains("HS384") ? "HmacSHA384" : "HmacSHA256";
        String message = base64(header) + "." + base64(claims);
        return message + "." + base64(hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8), message));
    }

    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String algorithm, byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // Java takes no empty key; one zero byte is the same to HMAC.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
