package dev.sluice.ingest;

import dev.sluice.lineprotocol.LineProtocolParser;
import dev.sluice.lineprotocol.ParsedLines;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A body of line protocol into a database, with the outcomes InfluxDB's {@code /write} documents. Thread-safe. */
public final class LineProtocolIngest {

    private final WriteBuffers buffers = new WriteBuffers();
    private final PointIngest points;
    private final LongSupplier nowNanos;

    /**
     * An ingest that stores through a writer.
     *
     * @param nowNanos the clock for points without a timestamp, in nanoseconds since the epoch
     */
    public LineProtocolIngest(PointWriter writer, LongSupplier nowNanos) {
        this.points = new PointIngest(writer);
        this.nowNanos = nowNanos;
    }

    /** Memory for bodies. */
    public WriteBuffers buffers() {
        return buffers;
    }

    /** As below, on behalf of the service itself. */
    public int write(String database, String retentionPolicy, Precision precision, WriteBuffer body) {
        return write(database, retentionPolicy, precision, body, points -> {});
    }

    /**
     * Stores the points of a body and returns when they are durable.
     *
     * @param body what was read of it; not kept
     * @param check throws what it likes when the points may not be written; asked before any of them is
     * @return how many points were stored
     * @throws MalformedPointsException when no line is a point
     * @throws WriteFailedException when the target does not exist (any more) or the store fails
     * @throws PartialWriteException when some lines are no points or some points were left out; all others are stored
     */
    public int write(
            String database,
            String retentionPolicy,
            Precision precision,
            WriteBuffer body,
            Consumer<PointBatch> check) {
        ParsedLines lines =
                LineProtocolParser.parse(body.bytes(), body.length(), precision, nowNanos.getAsLong(), body.points());
        int count = lines.points().pointCount();
        if (count == 0 && lines.failures() != null) {
            throw new MalformedPointsException(lines.failures());
        }
        points.write(database, retentionPolicy, lines.points(), check);
        if (lines.failures() != null) {
            throw new PartialWriteException(lines.failures(), 0);
        }
        return count;
    }
}
