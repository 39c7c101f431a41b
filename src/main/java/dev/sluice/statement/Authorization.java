package dev.sluice.statement;

import org.jspecify.annotations.Nullable;

/**
 * The answer whether something may be done.
 *
 * @param refusal InfluxDB's text for the client (with status 403), or null when it may be done
 */
public record Authorization(@Nullable String refusal) {

    private static final Authorization ALLOWED = new Authorization(null);

    public static Authorization allowed() {
        return ALLOWED;
    }

    public static Authorization refused(String text) {
        return new Authorization(text);
    }

    public boolean isAllowed() {
        return refusal == null;
    }
}
