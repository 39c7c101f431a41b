package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a group in the order of the result, of rows that come series by series: those that so many others are known to come
 * before are dropped, so that a group of a million series keeps no row of most of them.
 */
final class FirstOfGroup {

    /** Rows above the limit that may be kept until those that are no longer among the first are dropped. */
    private static final int SLACK_ROWS = 4096;

    private final int limit;
    private final boolean ascending;

    /** The first rows so far, the one that comes last of them at the top. */
    private final PriorityQueue<Place> first;

    /** Rows of the source under way, by series. */
    private final Map<Integer, Queue<ColumnBatch>> kept = new HashMap<>();

    private int source = -1;
    private int keptRows;

    /** Where a row comes in the order of the result. */
    private record Place(long time, int source, int series) {}

    /**
     * @param limit how many rows count
     * @param ascending whether time grows from row to row
     */
    FirstOfGroup(int limit, boolean ascending) {
        this.limit = limit;
        this.ascending = ascending;
        Comparator<Place> order = Comparator.comparingLong(Place::time);
        order = (ascending ? order : order.reversed())
                .thenComparingInt(Place::source)
                .thenComparingInt(Place::series);
        this.first = new PriorityQueue<>(order.reversed());
    }

    /** Rows that follow are of another source, which comes behind those before. */
    void nextSource() {
        source++;
        kept.clear();
        keptRows = 0;
    }

    /**
     * Adds rows of a series, behind those it has; returns how many of them, the first ones, are kept.
     *
     * @param series of equal times the smaller number comes first
     */
    int add(int series, ColumnBatch rows) {
        LongColumn times = (LongColumn) rows.column(0);
        int count = 0;
        while (count < rows.rowCount() && enter(times.get(count), series)) {
            count++;
        }
        if (count > 0) {
            // A copy, as a region would keep all rows of a block in memory.
            ColumnBatch few = count == rows.rowCount() ? rows : rows.copyRows(upTo(count), count);
            kept.computeIfAbsent(series, fresh -> new ArrayDeque<>(1)).add(few);
            keptRows += count;
            if (keptRows > 2L * limit + SLACK_ROWS) {
                dropLate();
            }
        }
        return count;
    }

    private static int[] upTo(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private boolean enter(long time, int series) {
        if (first.size() < limit) {
            first.add(new Place(time, source, series));
            return true;
        }
        if (!isBefore(time, series, first.element())) {
            return false;
        }
        first.remove();
        first.add(new Place(time, source, series));
        return true;
    }

    private boolean isBefore(long time, int series, Place place) {
        if (time != place.time) {
            return ascending ? time < place.time : time > place.time;
        }
        return source == place.source && series < place.series;
    }

    private void dropLate() {
        keptRows = 0;
        kept.entrySet().removeIf(entry -> {
            Queue<ColumnBatch> rows = new ArrayDeque<>(1);
            for (ColumnBatch batch : entry.getValue()) {
                int count = onTime(entry.getKey(), batch);
                if (count > 0) {
                    rows.add(batch.region(0, count));
                    keptRows += count;
                }
            }
            entry.setValue(rows);
            return rows.isEmpty();
        });
    }

    /** How many rows of a batch, the first ones, are still among the first of the group. */
    private int onTime(int series, ColumnBatch batch) {
        Place last = first.element();
        LongColumn times = (LongColumn) batch.column(0);
        int count = 0;
        while (count < batch.rowCount()
                && (isBefore(times.get(count), series, last)
                        || last.equals(new Place(times.get(count), source, series)))) {
            count++;
        }
        return count;
    }

    /** The rows of a series of the source under way, or null when none of them are among the first. */
    @Nullable
    Queue<ColumnBatch> take(int series) {
        return kept.get(series);
    }
}
