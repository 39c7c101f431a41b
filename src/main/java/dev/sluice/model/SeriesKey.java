package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/**
 * Identity of a series: a measurement and its tags, both unescaped.
 *
 * <p>{@link #canonical()} is the text InfluxDB uses for {@code SHOW SERIES} and sorts series by: the measurement with
 * commas and spaces escaped, then {@code ,key=value} for each tag in order with commas, equal signs and spaces escaped.
 * It is made once. Immutable.
 */
public final class SeriesKey {

    private final String measurement;
    private final TagSet tags;
    private @Nullable String canonical;

    /**
     * A key.
     *
     * @param measurement not empty
     * @param tags possibly empty
     */
    public SeriesKey(String measurement, TagSet tags) {
        this.measurement = measurement;
        this.tags = tags;
    }

    public String measurement() {
        return measurement;
    }

    public TagSet tags() {
        return tags;
    }

    /** The escaped text form. */
    public String canonical() {
        // Whoever comes at the same time makes the same text.
        String known = canonical;
        if (known == null) {
            known = makeCanonical();
            canonical = known;
        }
        return known;
    }

    private String makeCanonical() {
        StringBuilder text = new StringBuilder(measurement.length() + 16 * tags.size());
        appendEscaped(text, measurement, false);
        tags.forEach((key, value) -> {
            text.append(',');
            appendEscaped(text, key, true);
            text.append('=');
            appendEscaped(text, value, true);
        });
        return text.toString();
    }

    private static void appendEscaped(StringBuilder text, String part, boolean escapeEqualSign) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == ',' || c == ' ' || (escapeEqualSign && c == '=')) {
                text.append('\\');
            }
            text.append(c);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesKey that && measurement.equals(that.measurement) && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return 31 * measurement.hashCode() + tags.hashCode();
    }

    @Override
    public String toString() {
        return canonical();
    }
}
