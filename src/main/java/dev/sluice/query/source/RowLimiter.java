package dev.sluice.query.source;

import dev.sluice.column.ColumnBatch;
import dev.sluice.storage.BatchStatistics;
import java.util.HashMap;
import java.util.Map;

/** Passes on the first rows of each series of a scan and drops the others. */
final class RowLimiter implements ScanVisitor {

    private final ScanVisitor visitor;
    private final int limit;

    /** Rows passed on, by series; not kept without a limit. */
    private final Map<Integer, Integer> passed = new HashMap<>();

    private int series;
    private int rest;

    /**
     * A limiter.
     *
     * @param limit rows of a series; 0 for all
     */
    RowLimiter(ScanVisitor visitor, int limit) {
        this.visitor = visitor;
        this.limit = limit;
    }

    /** Whether rows of the series that was begun last are still wanted. */
    boolean wantsMore() {
        return rest > 0;
    }

    boolean wantsMoreOf(int number) {
        return passed.getOrDefault(number, 0) < limit;
    }

    @Override
    public void beginSeries(int number) {
        series = number;
        rest = limit == 0 ? Integer.MAX_VALUE : limit - passed.getOrDefault(number, 0);
        visitor.beginSeries(number);
    }

    @Override
    public boolean takeStatistics(BatchStatistics statistics) {
        return limit == 0 && visitor.takeStatistics(statistics);
    }

    @Override
    public void take(ColumnBatch batch) {
        if (limit == 0) {
            visitor.take(batch);
            return;
        }
        int rows = Math.min(rest, batch.rowCount());
        if (rows > 0) {
            rest -= rows;
            passed.put(series, limit - rest);
            visitor.take(batch.region(0, rows));
        }
    }

    @Override
    public void endSeries() {
        visitor.endSeries();
    }
}
