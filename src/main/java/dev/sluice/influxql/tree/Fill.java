package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * What empty buckets of GROUP BY time() become.
 *
 * @param kind the rule
 * @param value the number, present only with {@link Kind#NUMBER}: a {@link Long} or a {@link Double}
 */
public record Fill(Kind kind, @Nullable Number value) {

    /** The default: null, except that counts become zero. */
    public static final Fill NULL = new Fill(Kind.NULL, null);

    public static final Fill NONE = new Fill(Kind.NONE, null);
    public static final Fill PREVIOUS = new Fill(Kind.PREVIOUS, null);
    public static final Fill LINEAR = new Fill(Kind.LINEAR, null);

    /** The rules of fill(). */
    public enum Kind {
        NULL,
        NONE,
        NUMBER,
        PREVIOUS,
        LINEAR
    }

    public static Fill number(Number value) {
        return new Fill(Kind.NUMBER, value);
    }
}
