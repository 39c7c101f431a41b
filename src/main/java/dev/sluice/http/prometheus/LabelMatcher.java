package dev.sluice.http.prometheus;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a label has to be like. A label that a series does not have counts as empty. As in Prometheus, a regular expression
 * stands for the whole of the label; InfluxDB looks for it anywhere in it, and so gives {@code upper} to whoever asks for
 * {@code up}.
 *
 * @param name of the label
 * @param value it is compared with
 * @param pattern for the whole label, or null when texts are compared
 * @param negative whether a label that is like it does not match
 */
public record LabelMatcher(
        String name, String value, @Nullable Pattern pattern, boolean negative) {

    /**
     * A matcher.
     *
     * @param type as {@code LabelMatcher.Type} numbers them: equal, not equal, matching, not matching
     * @throws MalformedMessageException with InfluxDB's text, when there is no such type or no such expression
     */
    static LabelMatcher of(int type, String name, String value) throws MalformedMessageException {
        return switch (type) {
            case 0, 1 -> new LabelMatcher(name, value, null, type == 1);
            case 2, 3 -> new LabelMatcher(name, value, compile(value), type == 3);
            default -> throw new MalformedMessageException("unknown match type " + type);
        };
    }

    private static Pattern compile(String regex) throws MalformedMessageException {
        try {
            // By itself, so that the message shows what was sent.
            Pattern.compile(regex);
            return Pattern.compile("^(?:" + regex + ")$");
        } catch (PatternSyntaxException invalid) {
            throw new MalformedMessageException(String.valueOf(invalid.getMessage()));
        }
    }

    /** Whether a label, or the empty text for none, is as it has to be. */
    boolean matches(String label) {
        boolean alike = pattern == null ? label.equals(value) : pattern.matches(label);
        return alike != negative;
    }
}
