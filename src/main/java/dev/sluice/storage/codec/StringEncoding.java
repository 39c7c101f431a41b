package dev.sluice.storage.codec;

import dev.sluice.column.StringColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings, each distinct one once.
 *
 * <pre>
 * strings := count:varint (length:varint bytes)* longs      the longs are indexes into the distinct strings
 * </pre>
 */
final class StringEncoding {

    private StringEncoding() {}

    /** Encodes the rows of a column that are not null. */
    static void encode(ByteWriter out, StringColumn column, int count) {
        Map<ByteBuffer, Integer> seen = new HashMap<>();
        List<byte[]> distinct = new ArrayList<>();
        long[] indexes = new long[count];
        int next = 0;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                byte[] value = column.get(row);
                indexes[next++] = seen.computeIfAbsent(ByteBuffer.wrap(value), fresh -> {
                    distinct.add(value);
                    return distinct.size() - 1;
                });
            }
        }
        out.writeVarint(distinct.size());
        for (byte[] value : distinct) {
            out.writeSlice(value, 0, value.length);
        }
        LongEncoding.encode(out, indexes, count);
    }

    static byte[][] decodeDictionary(ByteReader in) {
        byte[][] dictionary = new byte[(int) in.readVarint()][];
        for (int i = 0; i < dictionary.length; i++) {
            dictionary[i] = in.readSlice();
        }
        return dictionary;
    }
}
