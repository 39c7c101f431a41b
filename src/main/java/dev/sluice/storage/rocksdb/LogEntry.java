package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.ByteReader;
import dev.sluice.storage.codec.ByteWriter;

/**
 * An appended batch as the log keeps it until a flush has put its points into blocks.
 *
 * <pre>
 * entry := format:u8 = 1 database:i64 point*
 * point := shard:varint series:varint time-since-last-point:zigzag fields:varint field*
 * field := (id * 2 + isString):varint (bits:i64 | length:varint bytes)
 * </pre>
 */
final class LogEntry {

    private static final int FORMAT = 1;

    private LogEntry() {}

    static void begin(ByteWriter out, long database) {
        out.clear();
        out.writeByte(FORMAT);
        out.writeLong(database);
    }

    static void writePoint(
            ByteWriter out, PointBatch points, int point, int series, long timeDelta, int[] fieldIds, int fieldCount) {
        out.writeVarint(points.shardId(point));
        out.writeVarint(series);
        out.writeZigzag(timeDelta);
        out.writeVarint(fieldCount);
        for (int field = points.fieldStart(point); field < points.fieldEnd(point); field++) {
            byte type = points.fieldTypeCode(field);
            if (type == PointBatch.HIDDEN) {
                continue;
            }
            if (type == FieldType.STRING.code()) {
                out.writeVarint(fieldIds[field] * 2L + 1);
                out.writeSlice(points.arena(), points.stringOffset(field), points.stringLength(field));
            } else {
                out.writeVarint(fieldIds[field] * 2L);
                out.writeLong(points.fieldBits(field));
            }
        }
    }

    /** Takes the points of an entry. */
    interface Visitor {

        void database(long database);

        void point(long shard, int series, long timestampNanos);

        void value(int field, long bits);

        void value(int field, byte[] string);

        void endPoint();
    }

    static void read(byte[] entry, Visitor visitor) {
        ByteReader in = new ByteReader(entry, 0);
        int format = in.readByte();
        if (format != FORMAT) {
            throw new StorageException("log format " + format + " is not known, only " + FORMAT);
        }
        visitor.database(in.readLong());
        long time = 0;
        while (in.hasMore()) {
            long shard = in.readVarint();
            int series = (int) in.readVarint();
            time += in.readZigzag();
            visitor.point(shard, series, time);
            for (long fields = in.readVarint(); fields > 0; fields--) {
                long tagged = in.readVarint();
                if ((tagged & 1) != 0) {
                    visitor.value((int) (tagged >>> 1), in.readSlice());
                } else {
                    visitor.value((int) (tagged >>> 1), in.readLong());
                }
            }
            visitor.endPoint();
        }
    }
}
