package dev.sluice.account;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new password must be like. InfluxDB has no such rules, hence {@link #NONE}. Passwords that exist already, and hashes
 * that come from elsewhere, are not asked. Immutable.
 *
 * @param minLength how many characters (code points) it has at least; 0 for any number
 * @param minClasses how many of the four classes it has at least: lower case, upper case, digits and everything else;
 *     letters of a script without case count as everything else
 * @param userNameRefused whether the user's name must not be part of it, in whatever case
 * @param refused passwords that everybody would guess, in lower case; refused in whatever case
 */
public record PasswordPolicy(int minLength, int minClasses, boolean userNameRefused, Set<String> refused) {

    /** Everything is allowed, the empty password among it. */
    public static final PasswordPolicy NONE = new PasswordPolicy(0, 0, false, Set.of());

    /** How many classes of characters there are. */
    public static final int CLASSES = 4;

    public PasswordPolicy {
        refused = Set.copyOf(refused);
    }

    /** The same with refused passwords in any case. */
    public static PasswordPolicy of(
            int minLength, int minClasses, boolean userNameRefused, Collection<String> refused) {
        return new PasswordPolicy(
                minLength,
                minClasses,
                userNameRefused,
                refused.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    /**
     * Refuses a password that does not fit.
     *
     * @throws AccountException which says what is asked for, and holds nothing of the password
     */
    void check(String name, String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        if (password.codePointCount(0, password.length()) < minLength) {
            throw new AccountException("password must have at least " + minLength + " characters");
        }
        if (classes(password) < minClasses) {
            throw new AccountException("password must have characters of at least " + minClasses
                    + " kinds: lower case, upper case, digits, others");
        }
        if (userNameRefused && lower.contains(name.toLowerCase(Locale.ROOT))) {
            throw new AccountException("password must not contain the name of the user");
        }
        if (refused.contains(lower)) {
            throw new AccountException("password is too common");
        }
    }

    private static long classes(String password) {
        return password.codePoints().map(PasswordPolicy::kind).distinct().count();
    }

    private static int kind(int c) {
        if (Character.isLowerCase(c)) {
            return 0;
        }
        if (Character.isUpperCase(c)) {
            return 1;
        }
        return Character.isDigit(c) ? 2 : 3;
    }
}
