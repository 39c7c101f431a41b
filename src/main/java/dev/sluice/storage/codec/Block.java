package dev.sluice.storage.codec;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive rows of one series, as stored.
 *
 * <pre>
 * block  := magic:u8 = 0x5B  format:u8 = 2  crc:u32 over all that follows
 *           rows:varint  min:i64  max:i64  columns:varint
 *           column*                                            directory, ascending field ids
 *           longs                                              times
 *           data*                                              per column, at its offset behind the directory
 *           padding: 8 bytes of 0                              see {@link PackedFrames}
 * column := field:varint (type | 128 when there are statistics):u8 values:varint statistics? dataLength:varint
 * statistics := sum:i64 min:i64 minTime:i64 max:i64 maxTime:i64 first:i64 firstTime:i64 last:i64 lastTime:i64
 *                                                              value bits as in {@link dev.sluice.model.PointBatch}
 * data   := [null mask as longs, rows/64 rounded up, only when values &lt; rows] encoded values of the rows that have one
 * </pre>
 *
 * Strings have no statistics. Neither have blocks of few rows, in which statistics would take more bytes than the values:
 * they are computed when asked for.
 *
 * Columns are decoded when asked for. What is in a block does not change.
 */
public final class Block {

    /** Most rows a block should have. */
    public static final int MAX_ROWS = 4096;

    static final int MAGIC = 0x5B;
    /** 2: values in frames with exceptions, null masks encoded, no statistics in small blocks. */
    static final int FORMAT = 2;

    static final int HAS_STATISTICS = 0x80;
    static final int HEADER_LENGTH = 6;

    /** Told of every column of a block that is decoded. */
    @FunctionalInterface
    public interface DecodeListener {

        /** Takes a column's field, and what it took in bytes; the times of the block count with the first column. */
        void decoded(int field, int sizeInBytes);
    }

    private static final DecodeListener NOBODY = (field, sizeInBytes) -> {};

    private final byte[] bytes;
    private final DecodeListener listener;
    private final int rowCount;
    private final TimeRange timeRange;
    private final int[] fields;
    private final FieldType[] types;
    private final int[] valueCounts;
    private final int[] statisticsAt;
    private final int[] dataAt;
    private final int[] lengths;
    private final int timesAt;
    private int timesToTell;

    private Block(byte[] bytes, DecodeListener listener) {
        this.bytes = bytes;
        this.listener = listener;
        ByteReader in = new ByteReader(bytes, HEADER_LENGTH);
        this.rowCount = (int) in.readVarint();
        this.timeRange = new TimeRange(in.readLong(), in.readLong());
        int columns = (int) in.readVarint();
        this.fields = new int[columns];
        this.types = new FieldType[columns];
        this.valueCounts = new int[columns];
        this.statisticsAt = new int[columns];
        this.dataAt = new int[columns];
        this.lengths = new int[columns];
        for (int i = 0; i < columns; i++) {
            fields[i] = (int) in.readVarint();
            int type = in.readByte();
            types[i] = FieldType.ofCode((byte) (type & ~HAS_STATISTICS));
            valueCounts[i] = (int) in.readVarint();
            if ((type & HAS_STATISTICS) != 0) {
                statisticsAt[i] = in.position();
                in.skip(ColumnStatistics.LENGTH);
            }
            lengths[i] = (int) in.readVarint();
        }
        int timesLength = (int) in.readVarint();
        this.timesAt = in.position();
        this.timesToTell = timesLength;
        int at = timesAt + timesLength;
        for (int i = 0; i < columns; i++) {
            dataAt[i] = at;
            at += lengths[i];
        }
    }

    /**
     * Opens a stored block.
     *
     * @throws CorruptBlockException when the bytes are not a block or have changed since they were written
     */
    public static Block open(byte[] bytes) {
        return open(bytes, NOBODY);
    }

    /** Opens a stored block whose decoding somebody counts. */
    public static Block open(byte[] bytes, DecodeListener listener) {
        if (bytes.length < HEADER_LENGTH || (bytes[0] & 0xFF) != MAGIC) {
            throw new CorruptBlockException("not a block");
        }
        if (bytes[1] != FORMAT) {
            throw new CorruptBlockException("block format " + bytes[1] + " is not known, only " + FORMAT);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH);
        if ((int) crc.getValue() != new ByteReader(bytes, 2).readInt()) {
            throw new CorruptBlockException("block checksum does not fit");
        }
        return new Block(bytes, listener);
    }

    /**
     * Opens the directory of a stored block, for what it says of the columns; none of them can be decoded.
     *
     * @param beginning of the block, whose checksum cannot be looked at
     * @return null when the directory is longer than that, or leaves statistics to be computed from the columns
     */
    public static @Nullable Block openDirectory(byte[] beginning) {
        if ((beginning[0] & 0xFF) != MAGIC || beginning[1] != FORMAT) {
            // Opening all of it says what is wrong.
            return null;
        }
        try {
            Block directory = new Block(beginning, NOBODY);
            for (int i = 0; i < directory.fields.length; i++) {
                if (directory.statisticsAt[i] == 0 && directory.types[i] != FieldType.STRING) {
                    return null;
                }
            }
            return directory;
        } catch (IndexOutOfBoundsException longer) {
            return null;
        }
    }

    public int rowCount() {
        return rowCount;
    }

    /** The times of the first and the last row. */
    public TimeRange timeRange() {
        return timeRange;
    }

    public int columnCount() {
        return fields.length;
    }

    /** The field of a column, as its shard numbers it. */
    public int field(int column) {
        return fields[column];
    }

    public FieldType type(int column) {
        return types[column];
    }

    /** What a column takes in bytes, without the times. */
    public int columnBytes(int column) {
        return lengths[column];
    }

    /** What the times take, which all columns share. */
    public int timesBytes() {
        return dataAt.length == 0 ? bytes.length - timesAt : dataAt[0] - timesAt;
    }

    /** The column of a field, or -1 when no row has it. */
    public int findColumn(int field) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        return -1;
    }

    /** Rows in which the column has a value. */
    public int valueCount(int column) {
        return valueCounts[column];
    }

    /** One of the nine statistics, in the order of the grammar; not for strings. */
    public long statistic(int column, int index) {
        if (statisticsAt[column] == 0) {
            return ColumnStatistics.of(decodeTimes(), decode(column), types[column])
                    .get(index);
        }
        return ByteReader.getLong(bytes, statisticsAt[column] + 8 * index);
    }

    /** The times of all rows, ascending. */
    public LongColumn decodeTimes() {
        return LongColumn.wrapWithoutCopy(LongEncoding.decode(new ByteReader(bytes, timesAt), rowCount), rowCount);
    }

    /** The values of a column, one per row. */
    public Column decode(int column) {
        listener.decoded(fields[column], lengths[column] + timesToTell);
        timesToTell = 0;
        ByteReader in = new ByteReader(bytes, dataAt[column]);
        int count = valueCounts[column];
        long[] nulls = null;
        if (count < rowCount) {
            nulls = LongEncoding.decode(in, NullMask.allocate(rowCount).length);
        }
        return switch (types[column]) {
            case FLOAT -> {
                double[] values = DoubleEncoding.decode(in, count);
                yield DoubleColumn.wrapWithoutCopy(nulls == null ? values : spread(values, nulls), nulls, rowCount);
            }
            case INTEGER, UNSIGNED -> {
                long[] values = LongEncoding.decode(in, count);
                yield LongColumn.wrapWithoutCopy(nulls == null ? values : spread(values, nulls), nulls, rowCount);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rowCount];
                long[] packed = LongEncoding.decode(in, count);
                for (int row = 0, next = 0; row < rowCount; row++) {
                    values[row] = !NullMask.isSet(nulls, row) && packed[next++] != 0;
                }
                yield BooleanColumn.wrapWithoutCopy(values, nulls, rowCount);
            }
            case STRING -> decodeStrings(in, count, nulls);
        };
    }

    private StringColumn decodeStrings(ByteReader in, int count, long @Nullable [] nulls) {
        byte[][] dictionary = StringEncoding.decodeDictionary(in);
        long[] packed = LongEncoding.decode(in, count);
        int[] indexes = new int[rowCount];
        for (int row = 0, next = 0; row < rowCount; row++) {
            indexes[row] = NullMask.isSet(nulls, row) ? 0 : (int) packed[next++];
        }
        return StringColumn.wrapWithoutCopy(dictionary, indexes, nulls, rowCount);
    }

    private double[] spread(double[] dense, long[] nulls) {
        double[] values = new double[rowCount];
        for (int row = 0, next = 0; row < rowCount; row++) {
            if (!NullMask.isSet(nulls, row)) {
                values[row] = dense[next++];
            }
        }
        return values;
    }

    private long[] spread(long[] dense, long[] nulls) {
        long[] values = new long[rowCount];
        for (int row = 0, next = 0; row < rowCount; row++) {
            if (!NullMask.isSet(nulls, row)) {
                values[row] = dense[next++];
            }
        }
        return values;
    }
}
