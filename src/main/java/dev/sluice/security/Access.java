package dev.sluice.security;

/** What a route asks of whoever comes in, before anything about the request itself is looked at. */
public enum Access {

    /** Nothing; credentials are not even read. */
    OPEN,

    /** Credentials only with {@code ping-auth-enabled}: {@code /ping}, {@code /health}, {@code /status}, {@code /metrics}. */
    PROBE,

    /**
     * Credentials of who may see statistics, unless {@code pprof-auth-enabled} is off: {@code /debug/vars}, {@code
     * /debug/requests}.
     */
    MONITOR,

    /** Credentials; what the user may do is decided later, per statement or database. */
    USER,

    /** An admin's credentials. */
    ADMIN
}
