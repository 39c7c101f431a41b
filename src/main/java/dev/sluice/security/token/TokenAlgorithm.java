package dev.sluice.security.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/** Looks at the algorithm that a token claims, before anything of it is believed. */
public final class TokenAlgorithm {

    private TokenAlgorithm() {}

    /** Whether it is one of a private and a public key; false for what is no token at all. */
    public static boolean isOfKeyPair(String token) {
        int dot = token.indexOf('.');
        if (dot <= 0) {
            return false;
        }
        try {
            Base64URL encoded = new Base64URL(token.substring(0, dot));
            Map<String, Object> header = JSONObjectUtils.parse(encoded.decodeToString());
            // JSON's null is read without an error, and is no header.
            if (header == null) {
                return false;
            }
            String name = JWSHeader.parse(header, encoded).getAlgorithm().getName();
            return name.startsWith("RS") || name.startsWith("PS") || name.startsWith("ES");
        } catch (ParseException | IllegalArgumentException none) {
            return false;
        }
    }
}
