package dev.sluice.ingest;

/** No line of a body is a point; nothing was stored. The message is InfluxDB's. */
public class MalformedPointsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedPointsException(String message) {
        super(message, null, false, false);
    }
}
