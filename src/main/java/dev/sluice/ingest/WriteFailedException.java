package dev.sluice.ingest;

/** Nothing of a write was stored, through no fault of its points; the message is for the client. */
public class WriteFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WriteFailedException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
