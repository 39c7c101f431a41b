package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * A measurement, or all measurements a pattern matches, optionally qualified; also the target of INTO and DELETE.
 *
 * @param database null when not written
 * @param retentionPolicy null when not written ({@code db..m})
 * @param name empty when a regex stands in its place, or for the target {@code :MEASUREMENT}
 * @param regex null unless measurements are chosen by pattern
 */
public record Measurement(
        @Nullable String database,
        @Nullable String retentionPolicy,
        String name,
        @Nullable RegexLiteral regex) implements Source {

    /** A measurement without qualification. */
    public static Measurement named(String name) {
        return new Measurement(null, null, name, null);
    }

    /** Whether this is the INTO target {@code :MEASUREMENT}: each result goes to a measurement of its source's name. */
    public boolean isBackReference() {
        return name.isEmpty() && regex == null;
    }

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
