package dev.sluice.http.encoding;

import dev.sluice.column.StringColumn;
import java.util.Arrays;

/**
 * The strings of a batch as JSON. Where rows share the entries of a dictionary, as those of a tag do, each entry is escaped
 * once. Not thread-safe.
 */
final class JsonTexts {

    private final ByteOutput scratch = new ByteOutput(64);
    private BatchCells cells = new BatchCells();

    /** By column and dictionary entry what is written, made when it is needed; no entries where they are not shared. */
    private byte[][][] written = new byte[0][][];

    /** Takes up a batch. */
    void bind(BatchCells batch) {
        cells = batch;
        if (written.length < batch.columnCount) {
            written = Arrays.copyOf(written, batch.columnCount);
        }
        for (int column = 0; column < batch.columnCount; column++) {
            boolean shared = batch.kinds[column] == BatchCells.STRING && isShared(batch.strings(column));
            written[column] = new byte[shared ? batch.strings(column).dictionarySize() : 0][];
        }
    }

    private static boolean isShared(StringColumn column) {
        return column.dictionarySize() <= column.length() / 2;
    }

    /** Writes a string that is not null. */
    void put(ByteOutput out, int column, int row) {
        byte[][] entries = written[column];
        if (entries.length == 0) {
            JsonStrings.put(out, cells.stringAt(column, row));
            return;
        }
        int entry = cells.strings(column).dictionaryIndex(row);
        byte[] text = entries[entry];
        if (text == null) {
            scratch.size = 0;
            JsonStrings.put(scratch, cells.stringAt(column, row));
            text = scratch.copyBytes();
            entries[entry] = text;
        }
        out.put(text);
    }
}
