package dev.sluice.storage.codec;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.zip.CRC32C;

/** Writes {@link Block}s, whose format stands there. */
public final class BlockWriter {

    /** With fewer rows a block has no statistics: they would take more bytes than the values. */
    private static final int FEW_ROWS = 16;

    private BlockWriter() {}

    /** The bytes of a block with the given rows, of which there is at least one. Columns without values are left out. */
    public static byte[] write(Rows rows) {
        int count = rows.rowCount();
        int columns = rows.columns().size();
        byte[][] data = new byte[columns][];
        int[] values = new int[columns];
        int present = 0;
        for (int i = 0; i < columns; i++) {
            values[i] = countValues(rows.columns().get(i));
            if (values[i] > 0) {
                data[i] = encode(rows.columns().get(i), values[i]);
                present++;
            }
        }
        ByteWriter out = new ByteWriter(256);
        out.writeByte(Block.MAGIC);
        out.writeByte(Block.FORMAT);
        out.writeInt(0);
        out.writeVarint(count);
        out.writeLong(rows.times().get(0));
        out.writeLong(rows.times().get(count - 1));
        out.writeVarint(present);
        for (int i = 0; i < columns; i++) {
            if (values[i] > 0) {
                FieldType type = rows.types().get(i);
                out.writeVarint(rows.fields()[i]);
                boolean hasStatistics = type != FieldType.STRING && count >= FEW_ROWS;
                out.writeByte(type.code() | (hasStatistics ? Block.HAS_STATISTICS : 0));
                out.writeVarint(values[i]);
                if (hasStatistics) {
                    ColumnStatistics.of(rows.times(), rows.columns().get(i), type)
                            .write(out);
                }
                out.writeVarint(data[i].length);
            }
        }
        ByteWriter times = new ByteWriter(64);
        LongEncoding.encode(times, rows.times().copyValues(), count);
        out.writeSlice(times.array(), 0, times.size());
        for (byte[] column : data) {
            if (column != null) {
                out.writeBytes(column, 0, column.length);
            }
        }
        out.writeLong(0);
        byte[] bytes = out.toByteArray();
        CRC32C crc = new CRC32C();
        crc.update(bytes, Block.HEADER_LENGTH, bytes.length - Block.HEADER_LENGTH);
        int sum = (int) crc.getValue();
        for (int i = 0; i < 4; i++) {
            bytes[2 + i] = (byte) (sum >>> (24 - 8 * i));
        }
        return bytes;
    }

    private static int countValues(Column column) {
        if (!column.mayHaveNulls()) {
            return column.length();
        }
        int count = 0;
        for (int row = 0; row < column.length(); row++) {
            count += column.isNull(row) ? 0 : 1;
        }
        return count;
    }

    private static byte[] encode(Column column, int count) {
        int rows = column.length();
        ByteWriter out = new ByteWriter(rows);
        if (count < rows) {
            long[] mask = NullMask.allocate(rows);
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    NullMask.set(mask, row);
                }
            }
            LongEncoding.encode(out, mask, mask.length);
        }
        if (column instanceof StringColumn strings) {
            StringEncoding.encode(out, strings, count);
        } else if (column instanceof DoubleColumn doubles) {
            double[] dense = new double[count];
            for (int row = 0, next = 0; row < rows; row++) {
                if (!doubles.isNull(row)) {
                    dense[next++] = doubles.get(row);
                }
            }
            DoubleEncoding.encode(out, dense, count);
        } else {
            long[] dense = new long[count];
            for (int row = 0, next = 0; row < rows; row++) {
                if (!column.isNull(row)) {
                    dense[next++] = ColumnStatistics.bits(column, row);
                }
            }
            LongEncoding.encode(out, dense, count);
        }
        return out.toByteArray();
    }
}
