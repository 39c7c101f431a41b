package dev.sluice.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How new passwords are hashed, in the syntax of Enterprise's {@code [meta] password-hash}: {@code bcrypt;cost=12}, {@code
 * pbkdf2-sha256;rounds=50000;salt_len=32}, {@code pbkdf2-sha512}.
 *
 * @param name of the scheme
 * @param cost of bcrypt, as a power of two
 * @param rounds of PBKDF2
 * @param saltLength of PBKDF2, in bytes
 */
public record PasswordScheme(Name name, int cost, int rounds, int saltLength) {

    /** What a setting may be. */
    public static final String ALLOWED =
            "bcrypt;cost=4…31, or pbkdf2-sha256 or pbkdf2-sha512 with ;rounds=1…2147483647;salt_len=1…1024";

    /** Enterprise's default. */
    public static final PasswordScheme DEFAULT = valueOf("bcrypt");

    /** Schemes by their name in hashes. */
    public enum Name {
        BCRYPT("bcrypt"),
        PBKDF2_SHA256("pbkdf2-sha256"),
        PBKDF2_SHA512("pbkdf2-sha512");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        /** The name in settings and hashes. */
        public String text() {
            return text;
        }
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static PasswordScheme valueOf(String setting) {
        List<String> parts = List.of(setting.strip().split(";", -1));
        Name name = name(parts.get(0));
        Map<String, Integer> options = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals < 0 || options.put(part.substring(0, equals), number(part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(ALLOWED);
            }
        }
        boolean bcrypt = name == Name.BCRYPT;
        PasswordScheme scheme = new PasswordScheme(
                name,
                bcrypt ? take(options, "cost", 10, 4, 31) : 0,
                bcrypt ? 0 : take(options, "rounds", 29_000, 1, Integer.MAX_VALUE),
                bcrypt ? 0 : take(options, "salt_len", 16, 1, 1024));
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return scheme;
    }

    private static Name name(String text) {
        for (Name name : Name.values()) {
            if (name.text().equals(text)) {
                return name;
            }
        }
        throw new IllegalArgumentException(ALLOWED);
    }

    private static int take(Map<String, Integer> options, String option, int otherwise, int least, int most) {
        Integer given = options.remove(option);
        int value = given == null ? otherwise : given;
        if (value < least || value > most) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return value;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(ALLOWED, none);
        }
    }

    /** Whether it is good enough for FIPS 140: no bcrypt, and not too little of PBKDF2. */
    public boolean isFipsReady() {
        return name != Name.BCRYPT && rounds >= 1_000 && saltLength >= 16;
    }
}
