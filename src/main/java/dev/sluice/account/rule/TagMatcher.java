package dev.sluice.account.rule;

import java.util.function.Predicate;

/**
 * Says which tags are meant. A series without the tag is never meant, not even by an empty prefix.
 *
 * @param key of the tag
 * @param value of the tag
 */
public record TagMatcher(String key, NameMatcher value) implements Predicate<String> {

    @Override
    public boolean test(String tagValue) {
        return matches(tagValue);
    }

    /** Whether a tag's value is meant; the empty value stands for a series without the tag. */
    public boolean matches(String tagValue) {
        return !tagValue.isEmpty() && value.matches(tagValue);
    }
}
