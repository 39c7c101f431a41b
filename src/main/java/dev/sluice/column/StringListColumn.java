package dev.sluice.column;

import java.util.Arrays;
import java.util.List;

/**
 * Lists of strings, which only administrative results have ({@code SHOW SUBSCRIPTIONS}: destinations). No row is null.
 *
 * @param rows one list per row; copied
 */
public record StringListColumn(List<List<String>> rows) implements Column {

    public StringListColumn {
        rows = rows.stream().map(List::copyOf).toList();
    }

    public List<String> get(int row) {
        return rows.get(row);
    }

    @Override
    public int length() {
        return rows.size();
    }

    @Override
    public boolean mayHaveNulls() {
        return false;
    }

    @Override
    public boolean isNull(int row) {
        return false;
    }

    @Override
    public StringListColumn region(int start, int length) {
        return new StringListColumn(rows.subList(start, start + length));
    }

    @Override
    public StringListColumn copyRows(int[] wanted, int count) {
        return new StringListColumn(
                Arrays.stream(wanted, 0, count).mapToObj(rows::get).toList());
    }

    @Override
    public long retainedSizeInBytes() {
        return rows.stream()
                .flatMap(List::stream)
                .mapToLong(text -> 56L + text.length())
                .sum();
    }
}
