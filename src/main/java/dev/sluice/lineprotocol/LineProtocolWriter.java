package dev.sluice.lineprotocol;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Points to lines, the way back of {@link LineProtocolParser}: a line per point, each with its timestamp in nanoseconds
 * and ended by a line feed. Reading the lines again gives the same points.
 */
public final class LineProtocolWriter {

    private final PointBatch points;
    private final ByteArrayOutputStream lines;
    private final int[] ends;
    private int count;

    private LineProtocolWriter(PointBatch points) {
        this.points = points;
        this.lines = new ByteArrayOutputStream(points.pointCount() * 64);
        this.ends = new int[points.pointCount()];
    }

    /**
     * All points of a batch, in order. Fields that are hidden are left out, and points without any other. So are points
     * whose series has a line feed in its name, which a line cannot have: it would end there and begin another point.
     */
    public static PointLines write(PointBatch points) {
        LineProtocolWriter writer = new LineProtocolWriter(points);
        for (int point = 0; point < points.pointCount(); point++) {
            writer.writePoint(point);
        }
        return new PointLines(writer.lines.toByteArray(), Arrays.copyOf(writer.ends, writer.count));
    }

    private void writePoint(int point) {
        if (hasLineFeed(points.key(point))) {
            return;
        }
        int layout = points.layout(point);
        int start = points.columnStart(layout);
        int field = points.fieldStart(point);
        byte separator = ' ';
        for (int column = start; column < points.columnEnd(layout); column++, field++) {
            byte type = points.columnTypeCode(column);
            if (type == PointBatch.HIDDEN) {
                continue;
            }
            if (separator == ' ') {
                int key = points.key(point);
                lines.write(points.arena(), points.keyOffset(key), points.keyLength(key));
            }
            lines.write(separator);
            separator = ',';
            writeName(points.columnNameOffset(column), points.columnNameLength(column));
            lines.write('=');
            writeValue(FieldType.ofCode(type), points.fieldBits(field));
        }
        if (separator == ',') {
            lines.write(' ');
            writeText(Long.toString(points.timestampNanos(point)));
            lines.write('\n');
            ends[count++] = lines.size();
        }
    }

    /** One behind a backslash does not end a line. */
    private boolean hasLineFeed(int key) {
        byte[] arena = points.arena();
        int start = points.keyOffset(key);
        for (int i = start; i < start + points.keyLength(key); i++) {
            if (arena[i] == '\n' && (i == start || arena[i - 1] != '\\')) {
                return true;
            }
        }
        return false;
    }

    private void writeName(int offset, int length) {
        byte[] arena = points.arena();
        for (int i = offset; i < offset + length; i++) {
            if (arena[i] == ',' || arena[i] == '=' || arena[i] == ' ') {
                lines.write('\\');
            }
            lines.write(arena[i]);
        }
    }

    private void writeValue(FieldType type, long bits) {
        switch (type) {
            case FLOAT -> writeText(Double.toString(Double.longBitsToDouble(bits)));
            case INTEGER -> writeText(bits + "i");
            case UNSIGNED -> writeText(Long.toUnsignedString(bits) + "u");
            case BOOLEAN -> writeText(bits == 0 ? "false" : "true");
            case STRING -> writeString(PointBatch.stringOffset(bits), PointBatch.stringLength(bits));
        }
    }

    private void writeString(int offset, int length) {
        byte[] arena = points.arena();
        lines.write('"');
        for (int i = offset; i < offset + length; i++) {
            if (arena[i] == '"' || arena[i] == '\\') {
                lines.write('\\');
            }
            lines.write(arena[i]);
        }
        lines.write('"');
    }

    private void writeText(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        lines.write(bytes, 0, bytes.length);
    }
}
