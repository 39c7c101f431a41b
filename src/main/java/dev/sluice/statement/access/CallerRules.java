package dev.sluice.statement.access;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.TagMatcher;
import dev.sluice.model.SeriesKey;
import dev.sluice.storage.SeriesSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that matter to one caller for one action. A series that no restriction means is free; of the others, those
 * are that some grant means. Which rule is narrower plays no role.
 */
final class CallerRules {

    private final List<AccessRule> restrictions;
    private final List<AccessRule> grants;

    /**
     * Rules.
     *
     * @param restrictions of the action
     * @param grants of the action, for the caller
     */
    CallerRules(List<AccessRule> restrictions, List<AccessRule> grants) {
        this.restrictions = restrictions;
        this.grants = grants;
    }

    boolean isEmpty() {
        return restrictions.isEmpty();
    }

    /** The free series of a measurement; {@link SeriesSelector#ALL} itself when nothing is restricted. */
    SeriesSelector free(String database, String measurement) {
        List<SeriesSelector> restricted = selectors(restrictions, database, measurement);
        if (restricted.isEmpty()) {
            return SeriesSelector.ALL;
        }
        List<SeriesSelector> free = selectors(grants, database, measurement);
        if (free.contains(SeriesSelector.ALL)) {
            // As many series as without rules, but by a rule: what shows then must not differ either.
            return SeriesSelector.ALL;
        }
        if (!restricted.contains(SeriesSelector.ALL)) {
            free.add(new SeriesSelector.Not(new SeriesSelector.Or(restricted)));
        }
        return free.isEmpty() ? SeriesSelector.NONE : new SeriesSelector.Or(free);
    }

    private static List<SeriesSelector> selectors(List<AccessRule> rules, String database, String measurement) {
        List<SeriesSelector> selectors = new ArrayList<>();
        for (AccessRule rule : rules) {
            if (rule.concerns(database, measurement)) {
                selectors.add(rule.tags().isEmpty() ? SeriesSelector.ALL : selector(rule.tags()));
            }
        }
        return selectors;
    }

    private static SeriesSelector selector(List<TagMatcher> tags) {
        return new SeriesSelector.And(tags.stream()
                .<SeriesSelector>map(tag -> new SeriesSelector.TagMatches(tag.key(), tag))
                .toList());
    }

    boolean isFree(String database, SeriesKey series) {
        return !means(restrictions, database, series) || means(grants, database, series);
    }

    private static boolean means(List<AccessRule> rules, String database, SeriesKey series) {
        return rules.stream()
                .anyMatch(rule -> rule.concerns(database, series.measurement())
                        && rule.tags().stream()
                                .allMatch(tag -> tag.matches(series.tags().valueOrEmpty(tag.key()))));
    }
}
