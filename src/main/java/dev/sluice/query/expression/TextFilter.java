package dev.sluice.query.expression;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.StringColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A test of a field of strings, made once for each entry of a batch's dictionary that a row in question has.
 *
 * @param column of the field
 */
record TextFilter(int column, Predicate<String> test) implements BatchFilter {

    private static final byte HOLDS = 1;
    private static final byte FAILS = 2;

    @Override
    public void keep(ColumnBatch batch, boolean[] passes) {
        if (!(batch.column(column) instanceof StringColumn texts)) {
            Arrays.fill(passes, 0, batch.rowCount(), false);
            return;
        }
        byte[] known = new byte[texts.dictionarySize()];
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!passes[row]) {
                continue;
            }
            if (texts.isNull(row)) {
                passes[row] = false;
                continue;
            }
            int entry = texts.dictionaryIndex(row);
            if (known[entry] == 0) {
                known[entry] = test.test(new String(texts.get(row), StandardCharsets.UTF_8)) ? HOLDS : FAILS;
            }
            passes[row] = known[entry] == HOLDS;
        }
    }
}
