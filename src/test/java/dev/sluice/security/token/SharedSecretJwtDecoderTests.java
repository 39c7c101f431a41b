package dev.sluice.security.token;

import static dev.sluice.security.token.TestTokens.HS256;
import static dev.sluice.security.token.TestTokens.base64;
import static dev.sluice.security.token.TestTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** Texts were taken from influxd 1.6.7, except where a newer version is known to differ. */
class SharedSecretJwtDecoderTests {

    private static final String SECRET = "s";
    private static final long NOW = 1_700_000_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW, 999_999_999), ZoneOffset.UTC);
    private static final String GOOD = claims("\"exp\":" + (NOW + 600));

    private final SharedSecretJwtDecoder decoder = decoder(SECRET);

    private static SharedSecretJwtDecoder decoder(String secret) {
        return new SharedSecretJwtDecoder(secret.getBytes(StandardCharsets.UTF_8), CLOCK);
    }

    private static String claims(String others) {
        return "{\"username\":\"admin\"," + others + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void decodeWhenSecretHasAnyLengthThenTokenIsGood(String algorithm) {
        for (int length : new int[] {1, 2, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129, 300}) {
            String secret = "k".repeat(length);
            String token = sign(secret, "{\"alg\":\"" + algorithm + "\"}", GOOD);

            assertThat(decoder(secret).decode(token).getClaimAsString("username"))
                    .as("%s with %d bytes", algorithm, length)
                    .isEqualTo("admin");
            refused(decoder(secret + "k"), token, "signature is invalid");
        }
    }

    @Test
    void newWhenSecretIsEmptyThenRefuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> decoder(""));
    }

    @Test
    void decodeWhenSecretHasCharactersOfSeveralBytesThenTheirUtf8Counts() {
        assertThat(decoder("schlüssel").decode(sign("schlüssel", HS256, GOOD)).getClaims())
                .containsEntry("username", "admin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":1700000000",
                "\"exp\":1700000600.5",
                "\"exp\":1.7e9",
                "\"exp\":9223372036854774784",
                "\"exp\":1700000600,\"nbf\":1700000000,\"iat\":1700000000",
                "\"exp\":1700000600,\"nbf\":1700000000.9,\"iat\":0",
                "\"exp\":1700000600,\"nbf\":null,\"iat\":-5",
                "\"exp\":1700000600,\"aud\":5,\"sub\":7,\"iss\":[1],\"jti\":{}",
                "\"exp\":1700000600,\"aud\":[\"somebody\",\"else\"]",
                "\"exp\":1700000000,\"iat\":1700000000",
            })
    void decodeWhenClaimsAreGoodThenNamesTheUser(String others) {
        assertThat(decoder.decode(sign(SECRET, HS256, claims(others))).getClaims())
                .contains(entry("username", "admin"))
                .containsOnlyKeys("username", SharedSecretJwtDecoder.ISSUED);
    }

    static Stream<Arguments> claims() {
        String soon = "\"exp\":1700000600";
        return Stream.of(
                Arguments.of(claims("\"exp\":0"), "token expiration required"),
                Arguments.of(claims("\"exp\":0.0"), "token expiration required"),
                Arguments.of(claims("\"exp\":null"), "token expiration required"),
                Arguments.of("{\"username\":\"admin\"}", "token expiration required"),
                Arguments.of("{}", "token expiration required"),
                Arguments.of("null", "invalid token"),
                Arguments.of(claims("\"exp\":1699999999"), "Token is expired"),
                Arguments.of(claims("\"exp\":1699999999.9"), "Token is expired"),
                Arguments.of(claims("\"exp\":-5"), "Token is expired"),
                Arguments.of(claims("\"exp\":1e300"), "Token is expired"),
                Arguments.of(claims("\"exp\":1e19"), "Token is expired"),
                Arguments.of(claims("\"exp\":10000000000000000000000"), "Token is expired"),
                // Since 1.9; before, as if it were missing.
                Arguments.of(claims("\"exp\":\"1700000600\""), "Token is expired"),
                Arguments.of(claims("\"exp\":true"), "Token is expired"),
                Arguments.of(claims("\"exp\":[1700000600]"), "Token is expired"),
                Arguments.of(claims(soon + ",\"nbf\":1700000001"), "Token is not valid yet"),
                Arguments.of(claims(soon + ",\"nbf\":\"1\""), "Token is not valid yet"),
                Arguments.of(claims(soon + ",\"nbf\":1e300"), "Token is not valid yet"),
                Arguments.of(claims(soon + ",\"iat\":1700000001"), "Token used before issued"),
                Arguments.of(claims(soon + ",\"iat\":{}"), "Token used before issued"),
                Arguments.of(claims("\"exp\":1,\"iat\":1700000001"), "Token used before issued"),
                Arguments.of(claims("\"exp\":1,\"iat\":1700000001,\"nbf\":1700000001"), "Token is not valid yet"),
                Arguments.of("{\"username\":\"\"," + soon + "}", "token must contain a username"),
                Arguments.of("{\"username\":5," + soon + "}", "username in token must be a string"),
                Arguments.of("{\"username\":null," + soon + "}", "username in token must be a string"),
                Arguments.of("{\"username\":[\"admin\"]," + soon + "}", "username in token must be a string"),
                Arguments.of("{" + soon + "}", "username in token must be a string"),
                Arguments.of("{\"Username\":\"admin\"," + soon + "}", "username in token must be a string"),
                Arguments.of("", "EOF"),
                Arguments.of(" ", "EOF"),
                Arguments.of("{", "unexpected EOF"),
                Arguments.of("{\"a\":x}", "invalid character 'x' looking for beginning of value"),
                Arguments.of("[]", "json: cannot unmarshal array into Go value of type jwt.MapClaims"),
                Arguments.of("5", "json: cannot unmarshal number into Go value of type jwt.MapClaims"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void decodeWhenClaimsAreBadThenSaysWhy(String claims, String text) {
        refused(decoder, sign(SECRET, HS256, claims), text);
    }

    static Stream<Arguments> headers() {
        String notObject = "json: cannot unmarshal %s into Go value of type map[string]interface {}";
        return Stream.of(
                Arguments.of("{\"typ\":\"JWT\"}", "signing method (alg) is unspecified."),
                Arguments.of("{\"alg\":5}", "signing method (alg) is unspecified."),
                Arguments.of("{\"alg\":null}", "signing method (alg) is unspecified."),
                Arguments.of("{\"ALG\":\"HS256\"}", "signing method (alg) is unspecified."),
                Arguments.of("null", "signing method (alg) is unspecified."),
                Arguments.of("{\"alg\":\"none\"}", "unexpected signing method: none"),
                Arguments.of("{\"alg\":\"RS256\"}", "unexpected signing method: RS256"),
                Arguments.of("{\"alg\":\"ES256\"}", "unexpected signing method: ES256"),
                Arguments.of("{\"alg\":\"PS512\"}", "unexpected signing method: PS512"),
                Arguments.of("{\"alg\":\"NONE\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"hs256\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"HS1\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"EdDSA\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"A128KW\",\"enc\":\"A128GCM\"}", "signing method (alg) is unavailable."),
                Arguments.of("{\"alg\":\"\u00ff\"}", "signing method (alg) is unavailable."),
                Arguments.of("", "unexpected end of JSON input"),
                Arguments.of("{", "unexpected end of JSON input"),
                Arguments.of("{\"alg\"", "unexpected end of JSON input"),
                Arguments.of("{\"alg\":\"HS256\"", "unexpected end of JSON input"),
                Arguments.of("x", "invalid character 'x' looking for beginning of value"),
                Arguments.of("\u00ff", "invalid character '\u00ff' looking for beginning of value"),
                Arguments.of("\u0085", "invalid character '\\u0085' looking for beginning of value"),
                Arguments.of(
                        "{\"alg\":\"HS256\",}", "invalid character '}' looking for beginning of object key string"),
                Arguments.of("{'a':1}", "invalid character '\\'' looking for beginning of object key string"),
                Arguments.of("{a}", "invalid character 'a' looking for beginning of object key string"),
                Arguments.of("{\"alg\":tru}", "invalid character '}' in literal true (expecting 'e')"),
                Arguments.of("{\"a\":01}", "invalid character '1' after object key:value pair"),
                Arguments.of("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair"),
                Arguments.of("{\"a\" 1}", "invalid character '1' after object key"),
                Arguments.of("[1 2]", "invalid character '2' after array element"),
                Arguments.of("{\"a\":\"\u0001\"}", "invalid character '\\x01' in string literal"),
                Arguments.of("{\"a\":\"\\x\"}", "invalid character 'x' in string escape code"),
                Arguments.of("{\"a\":\"\\u12g\"}", "invalid character 'g' in \\u hexadecimal character escape"),
                Arguments.of("[-a]", "invalid character 'a' in numeric literal"),
                Arguments.of("[1.a]", "invalid character 'a' after decimal point in numeric literal"),
                Arguments.of("[1e+a]", "invalid character 'a' in exponent of numeric literal"),
                Arguments.of(HS256 + " x", "invalid character 'x' after top-level value"),
                Arguments.of("\"x\"", notObject.formatted("string")),
                Arguments.of("[1]", notObject.formatted("array")),
                Arguments.of("-5.0e2", notObject.formatted("number")),
                Arguments.of("true", notObject.formatted("bool")));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void decodeWhenHeaderIsBadThenSaysWhy(String header, String text) {
        refused(decoder, sign(SECRET, header, GOOD), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}",
                "{\"alg\":\"HS256\",\"kid\":\"' OR 1=1\",\"typ\":\"anything\",\"cty\":\"x\"}",
                "{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/keys\",\"x5u\":\"http://127.0.0.1:1/\"}",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
            })
    void decodeWhenHeaderNamesAnotherKeyThenOnlyTheSharedSecretCounts(String header) {
        assertThat(decoder.decode(sign(SECRET, header, GOOD)).getClaims()).containsEntry("username", "admin");
        refused(decoder, sign("other", header, GOOD), "signature is invalid");
        refused(decoder, sign("", header, GOOD), "signature is invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"crit\":[\"x\"]}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"eA\"}}"
            })
    void decodeWhenHeaderAsksForWhatWeDoNotDoThenRefuses(String header) {
        assertThatThrownBy(() -> decoder.decode(sign(SECRET, header, GOOD))).isInstanceOf(BadJwtException.class);
    }

    static Stream<Arguments> forms() {
        String good = sign(SECRET, HS256, GOOD);
        String head = good.substring(0, good.lastIndexOf('.') + 1);
        String signature = good.substring(head.length());
        String segments = "token contains an invalid number of segments";
        return Stream.of(
                Arguments.of("", segments),
                Arguments.of("a", segments),
                Arguments.of("a.b", segments),
                Arguments.of(good + ".x", segments),
                Arguments.of(good + ".", segments),
                Arguments.of("..", "unexpected end of JSON input"),
                Arguments.of("a.b.c", "illegal base64 data at input byte 1"),
                Arguments.of("bearer%20x.y.z", "illegal base64 data at input byte 6"),
                Arguments.of(base64(HS256) + "..x", "EOF"),
                Arguments.of(base64(HS256) + ".!!.x", "illegal base64 data at input byte 0"),
                Arguments.of(
                        base64("{\"alg\":\"none\"}") + "." + base64(GOOD) + ".", "unexpected signing method: none"),
                Arguments.of(
                        base64("{\"alg\":\"HS256\"}") + "=." + base64(GOOD) + "." + signature,
                        "illegal base64 data at input byte 20"),
                Arguments.of(head, "signature is invalid"),
                Arguments.of(head + signature.substring(0, 42), "signature is invalid"),
                Arguments.of(head + signature.substring(0, 41), "illegal base64 data at input byte 41"),
                Arguments.of(head + signature.substring(0, 42) + "!", "illegal base64 data at input byte 42"),
                Arguments.of(head + signature + "AAAA", "signature is invalid"),
                Arguments.of(good + "\n", "illegal base64 data at input byte 43"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void decodeWhenFormIsBadThenSaysWhy(String token, String text) {
        refused(decoder, token, text);
    }

    @Test
    void decodeWhenSignatureIsWrongThenClaimsAreNotTold() {
        refused(decoder, sign("x", HS256, "{\"username\":\"admin\",\"exp\":1}"), "signature is invalid");
        refused(decoder, sign("x", HS256, "{}"), "signature is invalid");
    }

    @Test
    void decodeWhenRsaTokenOrHmacOverAPublicKeyThenRefuses() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .claim("username", "admin")
                        .expirationTime(new Date((NOW + 600) * 1000))
                        .build());
        token.sign(new RSASSASigner(keys.getPrivate()));
        String publicKey = new String(keys.getPublic().getEncoded(), StandardCharsets.ISO_8859_1);

        refused(decoder, token.serialize(), "unexpected signing method: RS256");
        refused(decoder, sign(publicKey, HS256, GOOD), "signature is invalid");
    }

    @Test
    void decodeWhenHeaderIsNestedTenThousandDeepThenRefuses() {
        String deep = "{\"alg\":\"HS256\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> decoder.decode(sign(SECRET, deep, GOOD))).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode(sign(SECRET, HS256, deep))).isInstanceOf(BadJwtException.class);
    }

    /** Every change of one character, every truncation and many random changes; none of them is good. */
    @Test
    void decodeWhenTokenIsMutatedThenRefuses() {
        String good = sign(SECRET, HS256, GOOD);
        List<String> mutated = new ArrayList<>();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.! ";
        for (int i = 0; i < good.length(); i++) {
            mutated.add(good.substring(0, i));
            mutated.add(good.substring(i + 1));
            mutated.add(good.substring(0, i) + good.substring(i + 1));
            for (char c : alphabet.toCharArray()) {
                mutated.add(good.substring(0, i) + c + good.substring(i + 1));
                mutated.add(good.substring(0, i) + c + good.substring(i));
            }
        }
        Random random = new Random(42);
        for (int n = 0; n < 5_000; n++) {
            StringBuilder text = new StringBuilder(good);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            mutated.add(text.toString());
        }

        mutated.removeIf(good::equals);
        assertThat(mutated)
                .hasSizeGreaterThan(20_000)
                .allSatisfy(token -> assertThat(accepted(token)).isNull());
        assertThat(accepted(good)).isEqualTo("admin");
    }

    private @Nullable String accepted(String token) {
        try {
            return decoder.decode(token).getClaimAsString("username");
        } catch (BadJwtException refused) {
            return null;
        }
    }

    private static void refused(SharedSecretJwtDecoder decoder, String token, String text) {
        assertThatThrownBy(() -> decoder.decode(token))
                .isInstanceOf(BadJwtException.class)
                .hasMessage(text);
    }
}
