package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/** The {@code Authorization} header as Go reads it: the first one, its bytes taken for UTF-8. */
final class AuthorizationHeader {

    private AuthorizationHeader() {}

    /** The header, or an empty text when there is none. */
    static String of(HttpServletRequest request) {
        String value = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (value == null) {
            return "";
        }
        return isAscii(value) ? value : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * What follows the scheme in a header of exactly two words, or an empty text. Case counts, and so does every single
     * space: InfluxDB splits at each.
     */
    static String secondWord(HttpServletRequest request, String scheme) {
        String header = of(request);
        int space = header.indexOf(' ');
        boolean twoWords = space == scheme.length() && header.indexOf(' ', space + 1) < 0;
        return twoWords && header.startsWith(scheme) ? header.substring(space + 1) : "";
    }

    private static boolean isAscii(String value) {
        return value.chars().allMatch(c -> c < 0x80);
    }
}
