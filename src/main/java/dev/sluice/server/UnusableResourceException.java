package dev.sluice.server;

import org.jspecify.annotations.Nullable;

/** Something outside the service that a setting names cannot be used: a directory, a database, a file. Stops the start. */
final class UnusableResourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String value;
    private final String reason;
    private final String action;

    /**
     * @param setting the property, such as {@code influxdb.data.dir}
     * @param value what it names; never a secret
     * @param reason what is wrong, as a sentence
     * @param action what to do about it, as a sentence
     */
    UnusableResourceException(String setting, Object value, String reason, String action, @Nullable Throwable cause) {
        super(setting + " is '" + value + "': " + reason, cause);
        this.setting = setting;
        this.value = String.valueOf(value);
        this.reason = reason;
        this.action = action;
    }

    UnusableResourceException(String setting, Object value, String reason, String action) {
        this(setting, value, reason, action, null);
    }

    String setting() {
        return setting;
    }

    String value() {
        return value;
    }

    String reason() {
        return reason;
    }

    String action() {
        return action;
    }
}
