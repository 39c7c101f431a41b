package dev.sluice.query.explain;

import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.plan.PlanOutline;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ShardReading;
import dev.sluice.storage.ScanExtent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The lines of EXPLAIN: for everything that is iterated over stored points what that goes through. */
public final class QueryPlanText {

    private final UnaryOperator<Measurement> qualified;
    private final long nowNanos;
    private final MemoryAccount memory;
    private final List<String> lines = new ArrayList<>();

    private QueryPlanText(UnaryOperator<Measurement> qualified, long nowNanos, MemoryAccount memory) {
        this.qualified = qualified;
        this.nowNanos = nowNanos;
        this.memory = memory;
    }

    /**
     * The lines; a single empty one when nothing is read.
     *
     * @param qualified fills in the database and the retention policy
     */
    public static List<String> of(
            PlanOutline outline, UnaryOperator<Measurement> qualified, long nowNanos, MemoryAccount memory) {
        QueryPlanText text = new QueryPlanText(qualified, nowNanos, memory);
        text.add(outline);
        return text.lines.isEmpty() ? List.of("") : text.lines;
    }

    private void add(PlanOutline outline) {
        TypedStatement statement = new TypedStatement(outline, qualified, nowNanos);
        boolean writes = outline.written().target() != null;
        for (IteratorScan scan : IteratorScan.of(statement.columns(), writes)) {
            for (PlanOutline.Origin origin : outline.origins()) {
                if (origin.inner() == null) {
                    add(scan, outline, origin.rows());
                } else {
                    add(origin.inner());
                }
            }
        }
    }

    private void add(IteratorScan scan, PlanOutline outline, List<RowSource> sources) {
        long shards = 0;
        long series = 0;
        ScanExtent extent = ScanExtent.NOTHING;
        Set<String> wanted = new LinkedHashSet<>();
        VarRef read = scan.field();
        if (read != null) {
            wanted.add(read.name());
        }
        scan.auxiliary().stream()
                .filter(reference -> reference.type() != DataType.TAG)
                .forEach(reference -> wanted.add(reference.name()));
        for (RowSource source : sources) {
            List<SeriesReads> reads = SeriesReads.of(source, outline.plan(), false, memory);
            for (ShardReading shard : source.shards()) {
                shards++;
                // Series are asked about together that need the same fields.
                Map<Set<String>, List<Integer>> byFields = new LinkedHashMap<>();
                for (SeriesReads one : reads) {
                    if (shard.holds(one.series())) {
                        series++;
                        Set<String> fields = new LinkedHashSet<>(wanted);
                        fields.addAll(one.conditionFields());
                        byFields.computeIfAbsent(fields, fresh -> new ArrayList<>())
                                .add(one.series());
                    }
                }
                for (Map.Entry<Set<String>, List<Integer>> entry : byFields.entrySet()) {
                    int[] numbers = entry.getValue().stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                    extent = extent.plus(shard.extent(
                            numbers, List.copyOf(entry.getKey()), outline.plan().range()));
                }
            }
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add("EXPRESSION: " + scan.iterated());
        if (!scan.auxiliary().isEmpty()) {
            lines.add("AUXILIARY FIELDS: " + scan.auxiliaryText());
        }
        lines.add("NUMBER OF SHARDS: " + shards);
        lines.add("NUMBER OF SERIES: " + series);
        lines.add("CACHED VALUES: " + extent.cachedValues());
        lines.add("NUMBER OF FILES: " + extent.files());
        lines.add("NUMBER OF BLOCKS: " + extent.blocks());
        lines.add("SIZE OF BLOCKS: " + extent.blockBytes());
    }
}
