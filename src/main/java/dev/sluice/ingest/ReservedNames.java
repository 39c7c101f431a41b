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

    private final BitSet dropped = new BitSet(0);
    private String firstReason = "";

    private ReservedNames() {}

    static ReservedNames strip(PointBatch points) {
        ReservedNames names = new ReservedNames();
        byte[] arena = points.arena();
        int lastKey = -1;
        for (int point = 0; point < points.pointCount(); point++) {
            int keyOffset = points.keyOffset(point);
            if (keyOffset != lastKey && hasTimeTag(arena, keyOffset, points.keyLength(point))) {
                names.drop(point, "invalid tag key: input tag \"time\"", measurement(points, point));
                continue;
            }
            lastKey = keyOffset;
            int kept = 0;
            int fields = 0;
            for (int field = points.fieldStart(point); field < points.fieldEnd(point); field++) {
                fields++;
                kept += isTime(points, arena, field) ? 0 : 1;
            }
            if (kept == 0) {
                names.drop(point, "invalid field name: input field \"time\"", measurement(points, point));
            } else if (kept < fields) {
                points.hideFields(point, field -> isTime(points, arena, field));
            }
        }
        return names;
    }

    private void drop(int point, String what, String measurement) {
        if (dropped.isEmpty()) {
            firstReason = what + " on measurement \"" + measurement + "\" is invalid";
        }
        dropped.set(point);
    }

    private static boolean isTime(PointBatch points, byte[] arena, int field) {
        int offset = points.fieldNameOffset(field);
        return points.fieldNameLength(field) == 4 && Arrays.equals(arena, offset, offset + 4, TIME, 0, 4);
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

    private static String measurement(PointBatch points, int point) {
        String key = points.text(points.keyOffset(point), points.keyLength(point));
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
