package dev.sluice.account.rule;

import java.util.Objects;

/**
 * Says which names are meant.
 *
 * @param match how
 * @param value the name, or what it begins with
 */
public record NameMatcher(Match match, String value) {

    /** Ways to match. */
    public enum Match {
        EXACT,
        PREFIX
    }

    public NameMatcher {
        Objects.requireNonNull(match);
        Objects.requireNonNull(value);
    }

    public static NameMatcher exact(String name) {
        return new NameMatcher(Match.EXACT, name);
    }

    public static NameMatcher prefix(String start) {
        return new NameMatcher(Match.PREFIX, start);
    }

    public boolean matches(String name) {
        return match == Match.EXACT ? name.equals(value) : name.startsWith(value);
    }
}
