package dev.sluice.query.source;

import dev.sluice.column.ColumnBatch;
import dev.sluice.storage.BatchStatistics;

/** Passes on the first rows of each series of a scan and drops the others. */
final class RowLimiter implements ScanVisitor {

    private final ScanVisitor visitor;
    private final int limit;

    /** Rows passed on, by series; empty without a limit. */
    private final int[] passed;

    private int series;
    private int rest;

    /**
     * A limiter.
     *
     * @param limit rows of a series; 0 for all
     * @param seriesCount numbers of series are smaller
     */
    RowLimiter(ScanVisitor visitor, int limit, int seriesCount) {
        this.visitor = visitor;
        this.limit = limit;
        this.passed = new int[limit == 0 ? 0 : seriesCount];
    }

    /** Whether rows of the series that was begun last are still wanted. */
    boolean wantsMore() {
        return rest > 0;
    }

    boolean wantsMoreOf(int number) {
        return passed[number] < limit;
    }

    @Override
    public void beginSeries(int number) {
        series = number;
        rest = limit == 0 ? Integer.MAX_VALUE : limit - passed[number];
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
            passed[series] = limit - rest;
            visitor.take(batch.region(0, rows));
        }
    }

    @Override
    public void endSeries() {
        visitor.endSeries();
    }
}
