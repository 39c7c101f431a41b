package dev.sluice.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sluice.security.token.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens that must not be accepted, by what is known of attacks on them (RFC 8725), in a random order. */
final class TokenForge {

    static final String SECRET = "a shared secret";
    static final int KINDS = 20;

    private static final long HOUR = 3_600;

    private final Random random;
    private final RSAKey rsa;
    private final ECKey ec;
    private final String issuer;
    private final String audience;
    private final long now = Instant.now().getEpochSecond();
    private final List<String> originals;
    private final List<byte[]> publicKeys;
    private final ECKey attacker;
    private final List<Attack> costly = new ArrayList<>();

    /** A token that is no good, and in which way. */
    record Attack(String kind, String token) {}

    TokenForge(Random random, RSAKey rsa, ECKey ec, String issuer, String audience) {
        this.random = random;
        this.rsa = rsa;
        this.ec = ec;
        this.issuer = issuer;
        this.audience = audience;
        this.publicKeys = publicKeys(rsa, ec);
        this.attacker = attacker();
        this.originals = List.of(
                TestTokens.of(SECRET, "joe", now + HOUR), signed("RS256", "r", good()), signed("ES256", "e", good()));
        addCostly();
    }

    /** What is made of keys that are right and claims that are not: made once, as signing takes long. */
    private void addCostly() {
        List<String> claims = List.of(
                claims(issuer, "other", "joe", now + HOUR),
                claims("http://elsewhere", audience, "joe", now + HOUR),
                claims(issuer, audience, "joe", now - HOUR),
                claims(issuer, audience, "", now + HOUR),
                claims(issuer, audience, "nobody", now + HOUR),
                claims(issuer, audience, "gone", now + HOUR),
                "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"joe\"}",
                "{\"aud\":\"" + audience + "\",\"sub\":\"joe\",\"exp\":" + (now + HOUR) + "}",
                "{\"iss\":\"" + issuer + "\",\"sub\":\"joe\",\"exp\":" + (now + HOUR) + "}",
                good().replace("}", ",\"nbf\":" + (now + HOUR) + "}"));
        for (String each : claims) {
            costly.add(new Attack("right key, wrong claims", signed("RS256", "r", each)));
            costly.add(new Attack("right key, wrong claims", signed("ES256", "e", each)));
        }
        for (String algorithm : List.of("RS384", "RS512")) {
            costly.add(new Attack("right key, algorithm that is not taken", signed(algorithm, "r", good())));
        }
    }

    private static ECKey attacker() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<String> originals() {
        return originals;
    }

    private String good() {
        return claims(issuer, audience, "joe", now + HOUR);
    }

    private static String claims(String issuer, String audience, String user, long expires) {
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"" + user + "\",\"username\":\""
                + user + "\",\"iat\":1,\"exp\":" + expires + "}";
    }

    private String signed(String algorithm, String key, String claims) {
        return signedWith("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + key + "\"}", algorithm, claims);
    }

    private String signedWith(String header, String algorithm, String claims) {
        String message = TestTokens.base64(header) + "." + TestTokens.base64(claims);
        try {
            boolean elliptic = algorithm.startsWith("ES");
            PrivateKey key = elliptic ? ec.toPrivateKey() : rsa.toPrivateKey();
            Signature signer = Signature.getInstance(
                    "SHA" + algorithm.substring(2) + (elliptic ? "withECDSAinP1363Format" : "withRSA"));
            signer.initSign(key);
            signer.update(message.getBytes(StandardCharsets.US_ASCII));
            return message + "." + base64(signer.sign());
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Attack next() {
        return switch (random.nextInt(12)) {
            case 0 -> none();
            case 1 -> confused();
            case 2 -> wrongSecret();
            case 3 -> wrongClaims();
            case 4 -> random.nextInt(4) == 0 ? pick(costly) : wrongClaims();
            case 5 -> headerTrick();
            case 6 -> truncated();
            case 7 -> flipped();
            case 8 -> spliced();
            case 9 -> spelled();
            case 10 -> emptied();
            default -> noise();
        };
    }

    /** Mostly one that is checked fast: elliptic curves take a hundred times as long as a secret. */
    private String original() {
        int which = random.nextInt(16);
        return originals.get(which == 0 ? 2 : which < 4 ? 1 : 0);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString().replace('"', '_').replace('\\', '_');
    }

    private Attack none() {
        String name = pick(List.of("none", "None", "NONE", "nOnE", "", " none", "null", "none\\u0000"));
        String header = TestTokens.base64("{\"alg\":\"" + name + "\",\"typ\":\"JWT\"}");
        String payload = original().split("\\.")[1];
        String signature = pick(List.of("", "", "AA", original().split("\\.")[2], base64(bytes(32))));
        return new Attack("alg none", header + "." + payload + "." + signature);
    }

    /** What everybody knows of the key pairs, as if it were the secret. */
    private Attack confused() {
        String header = "{\"alg\":\"" + pick(List.of("HS256", "HS384", "HS512")) + "\",\"kid\":\""
                + pick(List.of("r", "e")) + "\"}";
        return new Attack("public key as secret", authenticated(pick(publicKeys), header, fresh()));
    }

    private static List<byte[]> publicKeys(RSAKey rsa, ECKey ec) {
        try {
            List<byte[]> keys = new ArrayList<>();
            for (byte[] der : List.of(
                    rsa.toRSAPublicKey().getEncoded(), ec.toECPublicKey().getEncoded())) {
                String pem = "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----";
                keys.add(der);
                keys.add(pem.getBytes(StandardCharsets.US_ASCII));
                keys.add((pem + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            keys.add(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
            keys.add(ec.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
            keys.add(rsa.getModulus().decode());
            keys.add(ec.getX().decode());
            return keys;
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String authenticated(byte[] secret, String header, String claims) {
        String algorithm =
                header.contains("HS512") ? "HmacSHA512" : header.contains("HS384") ? "HmacSHA384" : "HmacSHA256";
        String message = TestTokens.base64(header) + "." + TestTokens.base64(claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            // Java takes no empty key; one zero byte is the same to HMAC.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, algorithm));
            return message + "." + base64(mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Claims that would be good and were not seen before, so that no memory of earlier tokens answers. */
    private String fresh() {
        return good().replace("}", ",\"jti\":\"" + random.nextLong() + "\"}");
    }

    private Attack wrongSecret() {
        String secret =
                switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> text(3);
                    case 2 -> SECRET.substring(0, random.nextInt(SECRET.length()));
                    case 3 -> SECRET + (char) ('!' + random.nextInt(90));
                    case 4 -> SECRET.toUpperCase(Locale.ROOT);
                    default ->
                        pick(List.of("secret", "changeme", "null", "0", "password", " " + SECRET, SECRET + "\n"));
                };
        String header = "{\"alg\":\"" + pick(List.of("HS256", "HS384", "HS512")) + "\"}";
        String kind = secret.isEmpty() ? "empty secret" : secret.length() <= 3 ? "short secret" : "wrong secret";
        return new Attack(kind, TestTokens.sign(secret, header, fresh()));
    }

    /** With the right secret, and a claim that makes it bad. */
    private Attack wrongClaims() {
        long past = now - 2 - random.nextInt(1_000_000);
        long later = now + HOUR + random.nextInt(1_000_000);
        String id = ",\"jti\":\"" + random.nextLong() + "\"}";
        return switch (random.nextInt(7)) {
            case 0 -> byHash("no exp", "{\"username\":\"joe\"" + id);
            case 1 -> byHash("expired", "{\"username\":\"joe\",\"exp\":" + past + id);
            case 2 ->
                byHash(
                        "exp that is none",
                        "{\"username\":\"joe\",\"exp\":"
                                + pick(List.of(
                                        "\"" + later + "\"",
                                        "true",
                                        "[" + later + "]",
                                        "null",
                                        "1e300",
                                        "-1",
                                        "0",
                                        "{}"))
                                + id);
            case 3 -> byHash("not yet", "{\"username\":\"joe\",\"exp\":" + later + ",\"nbf\":" + later + id);
            case 4 -> byHash("revoked", "{\"username\":\"gone\",\"exp\":" + later + ",\"iat\":" + past + id);
            case 5 -> byHash("unknown user", "{\"username\":\"nobody\",\"exp\":" + later + id);
            default ->
                byHash(
                        "user that is none",
                        "{\"username\":" + pick(List.of("\"\"", "1", "null", "[\"joe\"]", "{\"joe\":1}", "true"))
                                + ",\"exp\":" + later + id);
        };
    }

    private static Attack byHash(String kind, String claims) {
        return new Attack(kind, TestTokens.sign(SECRET, TestTokens.HS256, claims));
    }

    /** A header that asks to look for the key elsewhere, over a signature by a key of the attacker. */
    private Attack headerTrick() {
        String address = pick(List.of("http://127.0.0.1:1/keys", "file:///dev/null", issuer + "/other", "data:,x"));
        String extra = pick(List.of(
                "\"kid\":\"../../../../dev/null\"",
                "\"kid\":\"' OR '1'='1\"",
                "\"kid\":\"" + text(20) + "\"",
                "\"kid\":\"\"",
                "\"jku\":\"" + address + "\"",
                "\"x5u\":\"" + address + "\"",
                "\"x5c\":[\"" + base64(bytes(60)) + "\"]",
                "\"jwk\":" + attacker.toPublicJWK().toJSONString(),
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"crit\":[\"" + text(5) + "\"]",
                "\"zip\":\"DEF\"",
                "\"alg\":\"none\""));
        String name = extra.substring(1, extra.indexOf('"', 1));
        if (random.nextBoolean()) {
            String header = "{\"alg\":\"HS256\"," + extra + "}";
            return new Attack("header " + name, authenticated(new byte[1], header, fresh()));
        }
        String header = "{\"alg\":\"" + pick(List.of("RS256", "RS256", "RS256", "ES256")) + "\"," + extra + "}";
        String message = TestTokens.base64(header) + "." + TestTokens.base64(fresh());
        return new Attack("header " + name, message + "." + base64(bytes(header.contains("RS256") ? 256 : 64)));
    }

    private Attack truncated() {
        String token = original();
        return new Attack("truncated", token.substring(0, 1 + random.nextInt(token.length() - 1)));
    }

    /** One bit, or some, of what the parts hold; encoded anew, so that it is a token still. */
    private Attack flipped() {
        String[] parts = original().split("\\.");
        int part = random.nextInt(3);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
        int first = random.nextInt(bytes.length * 8);
        bytes[first / 8] ^= (byte) (1 << first % 8);
        for (int more = random.nextInt(3); more > 0; more--) {
            int bit = (first + 1 + random.nextInt(bytes.length * 8 - 1)) % (bytes.length * 8);
            if (bit / 8 != first / 8) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        parts[part] = base64(bytes);
        return new Attack("flipped bits", String.join(".", parts));
    }

    /** Parts of different tokens, or others in their place. */
    private Attack spliced() {
        int at = random.nextInt(originals.size());
        String[] one = originals.get(at).split("\\.");
        String[] other = originals
                .get((at + 1 + random.nextInt(originals.size() - 1)) % originals.size())
                .split("\\.");
        return switch (random.nextInt(5)) {
            case 0 -> new Attack("spliced", other[0] + "." + one[1] + "." + one[2]);
            case 1 -> new Attack("spliced", one[0] + "." + TestTokens.base64(fresh()) + "." + one[2]);
            case 2 -> new Attack("spliced", one[0] + "." + one[1] + "." + other[2]);
            case 3 -> new Attack("spliced", one[0] + "." + one[1] + "." + base64(bytes(1 + random.nextInt(300))));
            // The zeros that some libraries took for a signature by an elliptic curve (CVE-2022-21449).
            default -> new Attack("spliced", one[0] + "." + one[1] + "." + base64(new byte[64]));
        };
    }

    /** The same with characters that a lenient reader passes over. */
    private Attack spelled() {
        String token = original();
        String extra = pick(
                List.of(" ", "\n", "\r\n", "\t", "=", "==", ".", "%20", "\u0000", "\u00a0", "\ufeff", "*", "+", "/"));
        int at = pick(List.of(
                0,
                token.length(),
                token.length() - 1,
                token.indexOf('.'),
                token.lastIndexOf('.') + 1,
                random.nextInt(token.length())));
        return new Attack("other spelling", token.substring(0, at) + extra + token.substring(at));
    }

    private Attack emptied() {
        String[] parts = original().split("\\.");
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts[random.nextInt(3)] = pick(List.of("", "e30", "bnVsbA", "W10", "IiI", "AA"));
        }
        return new Attack("emptied", String.join(".", parts));
    }

    private Attack noise() {
        int parts = 2 + random.nextInt(6);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add(random.nextBoolean() ? text(40) : base64(bytes(random.nextInt(60))));
        }
        return new Attack("noise", String.join(".", all));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
