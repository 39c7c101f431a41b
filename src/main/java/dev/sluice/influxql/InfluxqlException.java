package dev.sluice.influxql;

/** Text that is not InfluxQL, or a condition that makes no sense; the message is InfluxDB's text for clients. */
public class InfluxqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InfluxqlException(String message) {
        // Parse errors are answers, not faults: nobody reads their stack.
        super(message, null, false, false);
    }
}
