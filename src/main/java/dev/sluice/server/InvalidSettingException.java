package dev.sluice.server;

/** A setting whose value has the right form and still cannot be used; stops the start. */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String allowed;

    /**
     * @param key the property, such as {@code influxdb.http.max-row-limit}
     * @param value what was configured; never a secret
     * @param allowed what would be right, as the end of the sentence "Allowed: …"
     */
    InvalidSettingException(String key, Object value, String allowed) {
        super(key + " cannot be '" + value + "'. Allowed: " + allowed);
        this.key = key;
        this.value = String.valueOf(value);
        this.allowed = allowed;
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    String allowed() {
        return allowed;
    }
}
