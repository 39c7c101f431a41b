package dev.sluice.ingest;

/** Some points of a batch were left out; the message is InfluxDB's: {@code partial write: … dropped=n}. */
public class PartialWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int droppedPoints;

    public PartialWriteException(String reason, int droppedPoints) {
        super("partial write: " + reason + " dropped=" + droppedPoints);
        this.droppedPoints = droppedPoints;
    }

    /** How many points were left out, as far as the reason names them. */
    public int droppedPoints() {
        return droppedPoints;
    }
}
