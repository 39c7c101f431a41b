package dev.sluice.http;

/** A request that is answered with a status and InfluxDB's error text instead of being carried out. */
class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
