package dev.sluice.statement;

/** A statement that cannot be run as it stands; the message is InfluxDB's text for clients. */
public class StatementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StatementException(String message) {
        super(message, null, false, false);
    }
}
