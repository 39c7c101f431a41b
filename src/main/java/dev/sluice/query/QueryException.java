package dev.sluice.query;

/** A query that cannot be answered; the message is InfluxDB's text for clients. */
public class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public QueryException(String message) {
        super(message);
    }
}
