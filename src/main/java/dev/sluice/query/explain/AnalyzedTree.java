package dev.sluice.query.explain;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.plan.PlanOutline;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ShardReading;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tree of EXPLAIN ANALYZE, made when the statement has run. InfluxDB has an iterator for each call, which reads for
 * itself; here one scan reads for all calls of a statement, and an inner statement runs once. So what was read of a field, and the
 * time it took to open the scans of a shard, stand where the field or shard comes first and nowhere else.
 */
public final class AnalyzedTree {

    /** In the order in which they are printed. */
    private static final List<FieldType> TYPES =
            List.of(FieldType.FLOAT, FieldType.INTEGER, FieldType.UNSIGNED, FieldType.STRING, FieldType.BOOLEAN);

    private final UnaryOperator<Measurement> qualified;
    private final long nowNanos;
    private final MemoryAccount memory;
    private final Set<Told> told = new HashSet<>();

    /** What has its place already: a field, or with null the opening of a shard. */
    private record Told(
            RowSource source, ShardId shard, @Nullable String field) {}

    /** How long a statement took. */
    public record Times(long planningNanos, long executionNanos) {}

    private AnalyzedTree(UnaryOperator<Measurement> qualified, long nowNanos, MemoryAccount memory) {
        this.qualified = qualified;
        this.nowNanos = nowNanos;
        this.memory = memory;
    }

    /**
     * The lines.
     *
     * @param qualified fills in the database and the retention policy
     */
    public static List<String> of(
            PlanOutline outline,
            Times times,
            UnaryOperator<Measurement> qualified,
            long nowNanos,
            MemoryAccount memory) {
        TraceNode root = new TraceNode("select")
                .value("execution_time", Durations.formatGo(times.executionNanos()))
                .value("planning_time", Durations.formatGo(times.planningNanos()))
                .value("total_time", Durations.formatGo(times.planningNanos() + times.executionNanos()));
        TypedStatement statement = new TypedStatement(outline, qualified, nowNanos);
        AnalyzedTree tree = new AnalyzedTree(qualified, nowNanos, memory);
        tree.add(root, outline, statement, statement.outermost().toString());
        return root.lines();
    }

    private void add(TraceNode parent, PlanOutline outline, TypedStatement statement, String text) {
        TraceNode cursor = parent.child("build_cursor").label("statement", text);
        boolean writes = outline.written().target() != null;
        Expression condition = statement.condition();
        for (IteratorScan scan : IteratorScan.of(statement.columns(), writes)) {
            TraceNode scanner = cursor.child("iterator_scanner");
            if (scan.call() != null) {
                scanner.label("expr", scan.call().toString());
            }
            if (!scan.auxiliary().isEmpty()) {
                scanner.label("auxiliary_fields", scan.auxiliaryText());
            }
            for (PlanOutline.Origin origin : outline.origins()) {
                if (origin.inner() == null) {
                    String conditionText = condition == null ? null : condition.toString();
                    origin.rows().forEach(source -> add(scanner, scan, outline, source, conditionText));
                } else {
                    TypedStatement inner = new TypedStatement(origin.inner(), qualified, nowNanos);
                    add(scanner, origin.inner(), inner, inner.inner().toString());
                }
            }
        }
    }

    private void add(
            TraceNode scanner, IteratorScan scan, PlanOutline outline, RowSource source, @Nullable String condition) {
        List<SeriesReads> all = SeriesReads.of(source, outline.plan(), true, memory);
        for (ShardReading shard : source.shards()) {
            List<SeriesReads> reads =
                    all.stream().filter(one -> shard.holds(one.series())).toList();
            VarRef field = scan.field();
            // Where the field of a call is not known, or no series is, InfluxDB makes no iterator.
            if (!reads.isEmpty() && (scan.call() == null || field != null && shard.type(field.name()) != null)) {
                TraceNode iterator = scanner.child("create_iterator")
                        .label("measurement", source.name())
                        .label("shard_id", Long.toString(shard.shard().value()));
                if (condition != null) {
                    iterator.label("cond", condition);
                }
                measure(iterator, scan, source, shard, reads);
            }
        }
    }

    private void measure(
            TraceNode iterator, IteratorScan scan, RowSource source, ShardReading shard, List<SeriesReads> reads) {
        Set<String> fields = new LinkedHashSet<>();
        VarRef field = scan.field();
        if (field != null) {
            fields.add(field.name());
        }
        List<String> beside = scan.auxiliary().stream()
                .filter(reference -> reference.type() != DataType.TAG && shard.type(reference.name()) != null)
                .map(VarRef::name)
                .toList();
        fields.addAll(beside);
        long conditions = 0;
        for (SeriesReads one : reads) {
            for (String name : one.conditionFields()) {
                if (shard.type(name) != null) {
                    conditions++;
                    fields.add(name);
                }
            }
        }
        iterator.value("cursors_ref", field == null ? 0 : reads.size())
                .value("cursors_aux", (long) reads.size() * beside.size())
                .value("cursors_cond", conditions);
        Map<FieldType, long[]> decoded = new EnumMap<>(FieldType.class);
        TYPES.forEach(type -> decoded.put(type, new long[2]));
        for (String name : fields) {
            FieldType type = shard.type(name);
            if (type != null && told.add(new Told(source, shard.shard(), name))) {
                decoded.get(type)[0] += shard.decodedBlocks(name);
                decoded.get(type)[1] += shard.decodedBytes(name);
            }
        }
        for (FieldType type : TYPES) {
            String name = type.name().toLowerCase(Locale.ROOT);
            iterator.value(name + "_blocks_decoded", decoded.get(type)[0]);
            iterator.value(name + "_blocks_size_bytes", decoded.get(type)[1]);
        }
        boolean first = told.add(new Told(source, shard.shard(), null));
        iterator.value("planning_time", Durations.formatGo(first ? shard.openingNanos() : 0));
    }
}
