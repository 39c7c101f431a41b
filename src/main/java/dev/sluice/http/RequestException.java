package dev.sluice.http;

/** A request that is answered with a status and InfluxDB's error text instead of being carried out. */
class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** One after which nothing more can be read from the connection. */
    static RequestException endingConnection(int status, String message) {
        return new RequestException(status, message) {
            private static final long serialVersionUID = 1L;

            @Override
            boolean endsConnection() {
                return true;
            }
        };
    }

    boolean endsConnection() {
        return false;
    }

    int status() {
        return status;
    }
}
