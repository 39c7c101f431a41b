package dev.sluice.lineprotocol;

/** A line that is no point; the message is InfluxDB's reason. Never leaves this package. */
final class MalformedLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedLineException(String reason) {
        super(reason, null, false, false);
    }
}
