package dev.sluice.server;

/**
 * A configured secret. It prints as {@code [REDACTED]}, so that a record that holds it can be logged.
 *
 * @param value the secret itself; empty for none
 */
public record Secret(String value) {

    /** Reads a secret; Spring's conversion finds this method by its name. */
    public static Secret valueOf(String text) {
        return new Secret(text);
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "" : "[REDACTED]";
    }
}
