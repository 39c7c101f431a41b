package dev.sluice.storage;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which series of a measurement are meant, by their tags alone. A tag that a series does not have counts as the empty
 * string, as in InfluxQL conditions.
 */
public sealed interface SeriesSelector {

    /** Every series. */
    SeriesSelector ALL = new And(List.of());

    /** No series. */
    SeriesSelector NONE = new Or(List.of());

    /** Series whose tag has the value; the empty value selects those without the tag. */
    record TagEquals(String key, String value) implements SeriesSelector {}

    /**
     * Series whose tag value fulfils the condition, which is asked once per distinct value (and once with the empty
     * string for series without the tag).
     */
    record TagMatches(String key, Predicate<String> condition) implements SeriesSelector {}

    /** Series that all operands select; all of them when there are no operands. */
    record And(List<SeriesSelector> operands) implements SeriesSelector {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** Series that at least one operand selects. */
    record Or(List<SeriesSelector> operands) implements SeriesSelector {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** Series of the measurement that the operand does not select. */
    record Not(SeriesSelector operand) implements SeriesSelector {}
}
