package dev.sluice.query.source;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.column.StringColumn;
import dev.sluice.model.ByteOrder;
import dev.sluice.model.FieldType;
import dev.sluice.model.TagSet;
import dev.sluice.model.TimeRange;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.query.kernel.TimeBuckets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The result of an inner statement, kept in memory. Takes the result as a sink first and is read then. */
public final class CollectedRows implements SeriesSink {

    private final ResultShape shape;
    private final Map<String, Part> byName = new LinkedHashMap<>();
    private @Nullable List<ColumnBatch> current;

    /** An empty result. */
    public CollectedRows(ResultShape shape) {
        this.shape = shape;
    }

    @Override
    public void series(SeriesHeader header) {
        Part part = byName.computeIfAbsent(header.name(), Part::new);
        current = new ArrayList<>();
        part.tags.add(tags(header.tags()));
        part.batches.add(current);
    }

    private TagSet tags(Map<String, String> tags) {
        List<String> keys = tags.keySet().stream()
                .filter(key ->
                        shape.dimensions().contains(key) || !tags.get(key).isEmpty())
                .sorted(ByteOrder.STRINGS)
                .toList();
        return TagSet.ofSorted(keys, keys.stream().map(tags::get).toList());
    }

    @Override
    public void rows(ColumnBatch batch) {
        if (current == null) {
            throw new IllegalStateException("rows before a series");
        }
        current.add(batch);
    }

    private boolean isWithin(long time, TimeRange range) {
        TimeBuckets buckets = shape.buckets();
        long first = buckets == null ? range.minNanos() : buckets.start(range.minNanos());
        return time >= first && (shape.leavesRange() || time <= range.maxNanos());
    }

    /** One source per measurement, and one without rows for an empty result, as its columns are there nevertheless. */
    public List<RowSource> sources() {
        if (byName.isEmpty()) {
            return List.of(new Part(shape.measurement()));
        }
        return List.copyOf(byName.values());
    }

    private final class Part implements RowSource {

        private final String name;
        private final Map<String, FieldType> types;
        private final List<TagSet> tags;
        private final List<List<ColumnBatch>> batches;

        Part(String name) {
            this(name, shape.fields(), new ArrayList<>(), new ArrayList<>());
        }

        private Part(String name, Map<String, FieldType> types, List<TagSet> tags, List<List<ColumnBatch>> batches) {
            this.name = name;
            this.types = types;
            this.tags = tags;
            this.batches = batches;
        }

        @Override
        public RowSource promising(Map<String, FieldType> promised) {
            return new Part(name, promised, tags, batches);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Map<String, FieldType> fields() {
            return shape.fields();
        }

        @Override
        public boolean isResult() {
            return true;
        }

        @Override
        public boolean isTimeOrdered() {
            return shape.timeOrdered();
        }

        @Override
        public boolean keepsEmptyRows() {
            return shape.keepsEmptyRows();
        }

        @Override
        public Set<String> tagColumns() {
            return shape.tagColumns();
        }

        @Override
        public Set<String> untypedColumns() {
            Set<String> untyped = new TreeSet<>(shape.columns());
            untyped.removeAll(shape.fields().keySet());
            return untyped;
        }

        @Override
        public @Nullable TimeBuckets buckets() {
            return shape.buckets();
        }

        @Override
        public Set<String> tagKeys() {
            Set<String> keys = new TreeSet<>(shape.dimensions());
            tags.forEach(set -> set.forEach((key, value) -> keys.add(key)));
            return keys;
        }

        @Override
        public Set<String> readableTags() {
            return shape.dimensions();
        }

        @Override
        public List<TagSet> series() {
            return tags;
        }

        @Override
        public RowCursor open(int series, RowRequest request) {
            Iterator<ColumnBatch> rest = select(series, request).iterator();
            return new RowCursor() {
                @Override
                public @Nullable ColumnBatch next() {
                    return rest.hasNext() ? rest.next() : null;
                }

                @Override
                public void close() {
                    // Nothing is held but memory.
                }
            };
        }

        @Override
        public void scan(IntPredicate wanted, RowRequest request, ScanVisitor visitor) {
            for (int series = 0; series < tags.size(); series++) {
                if (wanted.test(series)) {
                    visitor.beginSeries(series);
                    select(series, request).forEach(visitor::take);
                    visitor.endSeries();
                }
            }
        }

        /** The wanted columns of rows within the range. */
        private List<ColumnBatch> select(int series, RowRequest request) {
            List<String> wanted = request.fields();
            TimeRange range = request.range();
            boolean ascending = request.ascending();
            int[] positions = wanted.stream()
                    .mapToInt(name -> shape.columns().indexOf(name) + 1)
                    .toArray();
            LongColumnBuilder times = new LongColumnBuilder();
            ColumnBuilder[] builders = new ColumnBuilder[wanted.size()];
            for (int i = 0; i < builders.length; i++) {
                builders[i] = ColumnBuilder.of(stored(wanted.get(i)));
            }
            @Nullable
            Column[] tagColumns = wanted.stream()
                    .map(name -> shape.columns().contains(name) ? null : tagColumn(tags.get(series), name))
                    .toArray(Column[]::new);
            List<RowAt> rows = new ArrayList<>();
            for (ColumnBatch batch : batches.get(series)) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(new RowAt(batch, row));
                }
            }
            // Rows of equal time keep their order.
            rows.sort((one, other) ->
                    ascending ? Long.compare(one.time(), other.time()) : Long.compare(other.time(), one.time()));
            for (RowAt row : rows) {
                if (isWithin(row.time(), range)) {
                    times.append(row.time());
                    for (int i = 0; i < builders.length; i++) {
                        Column tag = tagColumns[i];
                        if (tag != null) {
                            builders[i].appendFrom(tag, 0);
                        } else if (positions[i] == 0) {
                            builders[i].appendNull();
                        } else {
                            builders[i].appendFrom(row.batch.column(positions[i]), row.row);
                        }
                    }
                }
            }
            if (times.length() == 0) {
                return List.of();
            }
            Column[] columns = new Column[builders.length + 1];
            columns[0] = times.build();
            for (int i = 0; i < builders.length; i++) {
                FieldType type = types.getOrDefault(wanted.get(i), FieldType.FLOAT);
                columns[i + 1] = TypeOrder.convert(builders[i].build(), type);
            }
            ColumnBatch selected = ColumnBatch.of(columns);
            boolean limited = request.rowLimit() > 0 && request.rowLimit() < selected.rowCount();
            return List.of(limited ? selected.region(0, request.rowLimit()) : selected);
        }
    }

    private FieldType stored(String name) {
        return shape.fields()
                .getOrDefault(name, shape.dimensions().contains(name) ? FieldType.STRING : FieldType.FLOAT);
    }

    private @Nullable Column tagColumn(TagSet tags, String name) {
        return shape.dimensions().contains(name)
                ? StringColumn.constant(tags.valueOrEmpty(name).getBytes(StandardCharsets.UTF_8), 1)
                : null;
    }

    private record RowAt(ColumnBatch batch, int row) {

        long time() {
            return ((LongColumn) batch.column(0)).get(row);
        }
    }
}
