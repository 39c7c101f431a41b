package dev.sluice.ingest;

import dev.sluice.model.PointBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The name {@code time}, which belongs to the timestamp: a field of that name is taken off its point, and a point with
 * nothing else, or with a tag of that name, is left out (line protocol, 1.x).
 */
final class ReservedNames {

    private static final byte[] TIME = "time".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME_TAG = ",time=".getBytes(StandardCharsets.US_ASCII);

    private static final byte UNKNOWN = 0;
    private static final byte FINE = 1;
    private static final byte REFUSED = 2;

    private final PointBatch points;
    private final byte[] keys;
    private final byte[] layouts;
    private final BitSet dropped = new BitSet(0);
    private String firstReason = "";

    private ReservedNames(PointBatch points) {
        this.points = points;
        this.keys = new byte[points.keyCount()];
        this.layouts = new byte[points.layoutCount()];
    }

    static ReservedNames strip(PointBatch points) {
        ReservedNames names = new ReservedNames(points);
        for (int point = 0; point < points.pointCount(); point++) {
            names.check(point);
        }
        return names;
    }

    private void check(int point) {
        int key = points.key(point);
        if (keys[key] == UNKNOWN) {
            keys[key] = hasTimeTag(points.arena(), points.keyOffset(key), points.keyLength(key)) ? REFUSED : FINE;
        }
        int layout = points.layout(point);
        if (layouts[layout] == UNKNOWN) {
            layouts[layout] = hideTime(layout) ? FINE : REFUSED;
        }
        if (keys[key] == REFUSED) {
            drop(point, "invalid tag key: input tag \"time\"");
        } else if (layouts[layout] == REFUSED) {
            drop(point, "invalid field name: input field \"time\"");
        }
    }

    private void drop(int point, String what) {
        if (dropped.isEmpty()) {
            firstReason = what + " on measurement \"" + measurement(points.key(point)) + "\" is invalid";
        }
        dropped.set(point);
    }

    /** Takes fields of that name off a layout and returns whether it has others. */
    private boolean hideTime(int layout) {
        boolean others = false;
        for (int column = points.columnStart(layout); column < points.columnEnd(layout); column++) {
            int offset = points.columnNameOffset(column);
            if (points.columnNameLength(column) == TIME.length
                    && Arrays.equals(points.arena(), offset, offset + TIME.length, TIME, 0, TIME.length)) {
                points.hideColumn(column);
            } else {
                others = true;
            }
        }
        return others;
    }

    private static boolean hasTimeTag(byte[] arena, int offset, int length) {
        int end = offset + length - TIME_TAG.length;
        for (int i = offset; i <= end; i++) {
            if (arena[i] == ','
                    && arena[i + 1] == 't'
                    && (i == offset || arena[i - 1] != '\\')
                    && Arrays.equals(arena, i, i + TIME_TAG.length, TIME_TAG, 0, TIME_TAG.length)) {
                return true;
            }
        }
        return false;
    }

    private String measurement(int number) {
        String key = points.text(points.keyOffset(number), points.keyLength(number));
        int end = 0;
        while (end < key.length() && (key.charAt(end) != ',' || key.charAt(end - 1) == '\\')) {
            end++;
        }
        return key.substring(0, end).replace("\\,", ",").replace("\\ ", " ");
    }

    boolean isDropped(int point) {
        return dropped.get(point);
    }

    int droppedPoints() {
        return dropped.cardinality();
    }

    String firstReason() {
        return firstReason;
    }
}
