package dev.sluice.security;

import dev.sluice.security.token.TestTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** The ways in which a client can say who it is. */
enum Means {
    URL,
    BASIC,
    TOKEN,
    JWT;

    static final String SECRET = "a shared secret of the tests";

    /** What is appended to the URL's query. */
    String parameters(String user, String password) {
        return this == URL ? "&u=" + encode(user) + "&p=" + encode(password) : "";
    }

    /** The {@code Authorization} header; empty for none. A token needs no password. */
    String header(String user, String password) {
        return switch (this) {
            case URL -> "";
            case BASIC ->
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            case TOKEN -> "Token " + user + ":" + password;
            case JWT -> "Bearer " + TestTokens.of(SECRET, user, expiry());
        };
    }

    /** The same, wrong: another password, or a token signed with another secret. */
    String wrongHeader(String user) {
        return this == JWT ? "Bearer " + TestTokens.of("another secret", user, expiry()) : header(user, "wrong");
    }

    /** What InfluxDB says to the wrong one. */
    String wrongText() {
        return this == JWT ? "signature is invalid" : "authorization failed";
    }

    private static long expiry() {
        return Instant.now().getEpochSecond() + 600;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
