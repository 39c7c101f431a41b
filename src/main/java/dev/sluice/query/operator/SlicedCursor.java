package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.source.RowCursor;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ScanVisitor;
import dev.sluice.storage.BatchStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a group of many stored series in order of time; those of equal time in the order of the series. A merge would have
 * a scan open for each, with what the store holds for it: here one scan reads all series of a slice of time, whose rows are
 * then sorted. When a slice turns out to be too large it is cut by the times seen so far, and its parts are read instead. A
 * single moment cannot be cut: what it takes is up to the query's limit of memory. Not thread-safe.
 */
final class SlicedCursor implements RowCursor {

    /** From so many series on, a scan of all is better than a scan of each. */
    private static final int MANY_SERIES = 4096;

    private static final long MOST_SLICE_BYTES = 128L << 20;
    private static final long LEAST_SLICE_BYTES = 1L << 20;

    /** Slices are cut a little smaller than what was seen suggests, so that few have to be cut again. */
    private static final double CUT_MARGIN = 1.5;

    private static final int MOST_CUTS = 1000;
    private static final int SAMPLES = 20_000;

    private final OrderedRows rows;
    private final List<FieldType> types;
    private final boolean ascending;
    private final PointBudget budget;
    private final MemoryAccount.Buffer held;
    private final long sliceBytes;
    private final int seriesCount;

    /** Of each source the place of every series among the members, or -1, and the members. */
    private final Map<RowSource, int[]> placeOf = new LinkedHashMap<>();

    private final List<Group.Member> members;
    private final Deque<TimeRange> slices = new ArrayDeque<>();
    private @Nullable SortedRows slice;

    /**
     * A cursor.
     *
     * @param rows what is read of each series
     * @param types of the columns behind the times
     */
    SlicedCursor(
            OrderedRows rows,
            Group group,
            List<FieldType> types,
            TimeRange range,
            boolean ascending,
            PointBudget budget) {
        this.rows = rows;
        this.types = types;
        this.ascending = ascending;
        this.budget = budget;
        this.held = budget.memory().buffer();
        this.sliceBytes = Math.max(
                LEAST_SLICE_BYTES, Math.min(MOST_SLICE_BYTES, budget.memory().availableBytes() / 3));
        this.members = group.members();
        this.seriesCount = members.size();
        for (int place = 0; place < seriesCount; place++) {
            Group.Member member = members.get(place);
            placeOf.computeIfAbsent(member.source(), SlicedCursor::noPlaces)[member.series()] = place;
        }
        if (!range.isEmpty()) {
            slices.push(range);
        }
    }

    private static int[] noPlaces(RowSource source) {
        int[] places = new int[source.series().size()];
        Arrays.fill(places, -1);
        return places;
    }

    /** Whether this is the way to read a group. */
    static boolean serves(Group group) {
        return group.members().size() >= MANY_SERIES
                && group.members().stream().noneMatch(member -> member.source().isResult());
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (true) {
            ColumnBatch batch = slice == null ? null : slice.next();
            if (batch != null) {
                return batch;
            }
            slice = null;
            held.setSize(0);
            TimeRange range = slices.poll();
            if (range == null) {
                return null;
            }
            slice = read(range);
        }
    }

    /** The rows of a slice; null when it is too large, and its parts are to be read instead. */
    private @Nullable SortedRows read(TimeRange range) {
        Collector collector = new Collector(range.minNanos() < range.maxNanos());
        try {
            placeOf.forEach((source, places) -> {
                collector.begin(source, places);
                source.scan(series -> places[series] >= 0, rows.request(range), collector);
            });
        } catch (SliceFullException full) {
            held.setSize(0);
            cut(range, collector.rows.times(), collector.seriesSeen);
            return null;
        }
        budget.spend(collector.rowsRead);
        return collector.rows.sorted(ascending);
    }

    private void cut(TimeRange range, LongColumn times, int seriesSeen) {
        int step = Math.max(1, times.length() / SAMPLES);
        long[] sample = new long[(times.length() + step - 1) / step];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = times.get(i * step);
        }
        Arrays.sort(sample);
        double whole = (double) seriesCount / Math.max(1, seriesSeen);
        int parts = (int) Math.min(MOST_CUTS, Math.ceil(whole * CUT_MARGIN) + 1);
        List<TimeRange> cut = new ArrayList<>();
        long begin = range.minNanos();
        for (int part = 1; part < parts; part++) {
            long next = sample[(int) ((long) sample.length * part / parts)];
            if (next > begin) {
                cut.add(new TimeRange(begin, next - 1));
                begin = next;
            }
        }
        if (cut.isEmpty()) {
            // All that was seen is of the first moment.
            cut.add(new TimeRange(begin, begin));
            begin++;
        }
        cut.add(new TimeRange(begin, range.maxNanos()));
        // What comes first in the result is to be on top.
        for (int i = 0; i < cut.size(); i++) {
            slices.push(cut.get(ascending ? cut.size() - 1 - i : i));
        }
    }

    @Override
    public void close() {
        slices.clear();
        slice = null;
        held.close();
    }

    /** Ends a scan in the middle; nothing has failed. */
    private static final class SliceFullException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SliceFullException() {
            super("", null, false, false);
        }
    }

    /** Takes the rows of a slice, each series through its projection. */
    private final class Collector implements ScanVisitor, RowCursor {

        private final boolean divisible;
        private final SortedRows rows = new SortedRows(types);
        private final PointBudget uncounted = budget.uncounted();
        private int[] places = new int[0];
        private @Nullable ProjectedCursor projection;
        private @Nullable ColumnBatch waiting;
        private int place;
        private int seriesSeen;
        private long rowsRead;

        Collector(boolean divisible) {
            this.divisible = divisible;
        }

        void begin(RowSource source, int[] placesOfSource) {
            places = placesOfSource;
        }

        @Override
        public void beginSeries(int series) {
            place = places[series];
            projection = SlicedCursor.this.rows.project(members.get(place), this, uncounted);
        }

        @Override
        public boolean takeStatistics(BatchStatistics statistics) {
            return false;
        }

        @Override
        public void take(ColumnBatch batch) {
            rowsRead += batch.rowCount();
            waiting = batch;
            ProjectedCursor current = projection;
            if (current == null) {
                throw new IllegalStateException("rows before a series");
            }
            for (ColumnBatch projected; (projected = current.next()) != null; ) {
                rows.add(place, projected);
            }
            held.setSize(rows.retainedSizeInBytes());
            if (divisible && rows.retainedSizeInBytes() > sliceBytes) {
                throw new SliceFullException();
            }
        }

        @Override
        public void endSeries() {
            seriesSeen++;
        }

        /** The batch that was taken, for the projection. */
        @Override
        public @Nullable ColumnBatch next() {
            ColumnBatch batch = waiting;
            waiting = null;
            return batch;
        }

        @Override
        public void close() {
            // The scan is another's.
        }
    }
}
