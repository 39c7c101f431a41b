package dev.sluice.model;

/**
 * Identity of a series: a measurement and its tags, both unescaped.
 *
 * <p>{@link #canonical()} is the text InfluxDB uses for {@code SHOW SERIES} and sorts series by: the measurement with
 * commas and spaces escaped, then {@code ,key=value} for each tag in order with commas, equal signs and spaces escaped.
 *
 * @param measurement not empty
 * @param tags possibly empty
 */
public record SeriesKey(String measurement, TagSet tags) {

    /** The escaped text form. */
    public String canonical() {
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
    public String toString() {
        return canonical();
    }
}
