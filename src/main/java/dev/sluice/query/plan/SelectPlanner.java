package dev.sluice.query.plan;

import dev.sluice.influxql.condition.ConditionSplitter;
import dev.sluice.influxql.condition.ConstantConditions;
import dev.sluice.influxql.condition.TimeCondition;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryException;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.source.CollectedRows;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.SourceResolver;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes plans. Inner statements are run while the outer one is planned, as their columns decide what it means. */
public final class SelectPlanner {

    /** Runs the plan of an inner statement. */
    @FunctionalInterface
    public interface InnerRun {
        void run(SelectPlan plan, CollectedRows result);
    }

    private final SourceResolver resolver;
    private final QueryContext context;
    private final InnerRun innerRun;

    public SelectPlanner(SourceResolver resolver, QueryContext context, InnerRun innerRun) {
        this.resolver = resolver;
        this.context = context;
        this.innerRun = innerRun;
    }

    /**
     * The plan of a statement, with what it was made of.
     *
     * @throws QueryException with InfluxDB's text when the statement means nothing
     */
    public PlanOutline plan(SelectStatement statement, Inherited inherited) {
        List<SelectField> written = statement.fields().stream()
                .map(field -> new SelectField(Expressions.withDistinctAsCall(field.expression()), field.alias()))
                .toList();
        List<Call> calls = written.stream()
                .flatMap(field -> Expressions.calls(field.expression()).stream())
                .toList();
        Call ownTime = Dimensions.time(statement);
        Call time = ownTime == null && !calls.isEmpty() ? inherited.time() : ownTime;
        Expression asked = inherited == Inherited.NOTHING
                ? statement.condition()
                : ConstantConditions.folded(statement.condition());
        TimeCondition times = ConditionSplitter.split(asked, context.nowNanos(), statement.zone());
        if (times.remainder() != null) {
            ConditionChecks.check(times.remainder());
        }
        new SelectChecks(statement, written, ownTime != null, ownTime == null && time != null).check(calls);
        TimeRange range = times.range().intersect(inherited.range());
        boolean ends = times.hasMax() || inherited.rangeEnds();
        if (time != null && !ends) {
            range = range.intersect(new TimeRange(TimeRange.MIN_TIMESTAMP, context.nowNanos()));
        }
        boolean starts = times.hasMin() || inherited.rangeStarts();
        if (inherited.ascending() != null
                && !statement.sortFields().isEmpty()
                && statement.ascending() != inherited.ascending()) {
            throw new QueryException("subqueries must be ordered in the same direction as the query itself");
        }
        boolean ascending = inherited.ascending() == null ? statement.ascending() : inherited.ascending();

        TimeBuckets buckets = time == null ? null : Dimensions.buckets(time, statement, context.nowNanos());
        TimeRange read = buckets == null
                ? range
                : SelectPlan.widen(range, Expressions.extraBuckets(calls), buckets.intervalNanos(), starts, ascending);
        TimeRange schemaRange =
                inherited == Inherited.NOTHING ? read : inherited.schemaRange().hull(read);
        Set<String> dimensions = new LinkedHashSet<>(Dimensions.named(statement));
        dimensions.addAll(inherited.dimensions());
        if (Dimensions.havePatterns(statement) && statement.sources().stream().anyMatch(SubQuery.class::isInstance)) {
            Set<String> present = new TreeSet<>();
            statement.sources().forEach(source -> present.addAll(tagsOf(source, schemaRange)));
            Dimensions.expand(statement, present, dimensions);
        }
        Call handedOn = ownTime == null ? inherited.time() : ownTime;
        Inherited forInner = new Inherited(
                read, schemaRange, starts, ends || time != null, List.copyOf(dimensions), handedOn, ascending);
        List<PlanOutline.Origin> origins = new ArrayList<>();
        List<RowSource> sources = new ArrayList<>();
        for (Source source : statement.sources()) {
            PlanOutline.Origin origin = resolve(source, times.remainder(), forInner);
            origins.add(origin);
            sources.addAll(origin.rows());
        }
        Map<String, FieldType> fields = new LinkedHashMap<>();
        Set<String> tags = new TreeSet<>();
        for (RowSource source : sources) {
            source.fields().forEach((field, type) -> fields.merge(field, type, SelectPlanner::strongest));
            tags.addAll(source.tagKeys());
        }
        addReadTags(calls, sources, fields);
        Set<String> tagColumns = new TreeSet<>();
        Set<String> untypedColumns = new TreeSet<>();
        for (RowSource source : sources) {
            tagColumns.addAll(source.tagColumns());
            untypedColumns.addAll(source.untypedColumns());
        }
        Dimensions.expand(statement, tags, dimensions);

        String timeName = timeName(written);
        List<SelectField> selected = new ArrayList<>(new WildcardExpansion(
                        fields, tags, Dimensions.leftOut(statement, tags, dimensions), untypedColumns, tagColumns)
                .expand(written));
        List<SelectField> columns =
                selected.stream().filter(field -> !isTime(field.expression())).toList();
        showRankedBy(selected);
        selected.removeIf(field -> isTime(field.expression()));
        if (calls.isEmpty() && !sources.isEmpty() && sources.stream().allMatch(RowSource::isResult)) {
            tagColumns.addAll(readShownTags(selected, sources, fields));
        }
        List<String> names = ColumnNames.of(selected, timeName);
        PlanTypes types = new PlanTypes(fields);
        OperandChecks operands = new OperandChecks(types, tags, tagColumns);
        selected.forEach(field -> operands.check(field.expression()));
        CastColumns casts = new CastColumns(sources, fields);
        List<Output> outputs = new ArrayList<>();
        Set<Call> distinctCalls = new LinkedHashSet<>();
        for (int i = 0; i < selected.size(); i++) {
            Expression expression = casts.replace(selected.get(i).expression());
            String innerName = ColumnNames.unnumbered(selected.get(i));
            outputs.add(output(names.get(i), innerName, expression, types, tags, tagColumns));
            distinctCalls.addAll(Expressions.calls(expression));
        }
        Expression condition = times.remainder() == null ? null : casts.replace(times.remainder());
        sources.replaceAll(source -> source.promising(fields));
        SelectPlan plan = new SelectPlan(
                sources,
                fields,
                range,
                starts,
                condition,
                List.copyOf(new TreeSet<>(dimensions)),
                buckets,
                timeName,
                outputs,
                List.copyOf(distinctCalls),
                fill(statement, inherited != Inherited.NOTHING && !calls.isEmpty()),
                ascending,
                statement.limit(),
                statement.offset(),
                statement.seriesLimit(),
                statement.seriesOffset(),
                statement.zone() == null ? ZoneOffset.UTC : statement.zone());
        return new PlanOutline(statement, columns, times.remainder(), tags, origins, plan);
    }

    /**
     * Inner statements have no empty buckets unless a value is asked for, and neither has what is written: nulls would fall out anyway,
     * and counts of zero are none there.
     */
    private static Fill fill(SelectStatement statement, boolean isInner) {
        boolean drops = isInner || statement.target() != null;
        return drops && statement.fill().kind() == Fill.Kind.NULL ? Fill.NONE : statement.fill();
    }

    /** The tags and fields between the first and the last argument of {@code top} and {@code bottom} are columns too. */
    private static void showRankedBy(List<SelectField> selected) {
        for (int i = selected.size() - 1; i >= 0; i--) {
            if (selected.get(i).expression() instanceof Call call
                    && FunctionRegistry.of(call) instanceof BucketFunction function
                    && function.kind() == BucketFunction.Kind.RANKING) {
                int last = call.arguments().size() - 1;
                for (int argument = last - 1; argument >= 1; argument--) {
                    selected.add(i + 1, new SelectField(call.arguments().get(argument), null));
                }
            }
        }
    }

    private static FieldType strongest(FieldType one, FieldType other) {
        List<FieldType> order =
                List.of(FieldType.FLOAT, FieldType.INTEGER, FieldType.UNSIGNED, FieldType.STRING, FieldType.BOOLEAN);
        return order.indexOf(one) <= order.indexOf(other) ? one : other;
    }

    private PlanOutline.Origin resolve(Source source, @Nullable Expression condition, Inherited forInner) {
        if (source instanceof Measurement measurement) {
            List<RowSource> stored = resolver.resolve(measurement, context, forInner.schemaRange(), condition);
            return new PlanOutline.Origin(source, stored, null);
        }
        SelectStatement statement = ((SubQuery) source).statement();
        PlanOutline outline = plan(statement, forInner);
        SelectPlan inner = outline.plan();
        CollectedRows rows = new CollectedRows(InnerShape.of(inner, ownDimensions(statement, outline, forInner)));
        innerRun.run(inner, rows);
        return new PlanOutline.Origin(source, rows.sources(), outline);
    }

    /** The tags that rows of a source will have; known before an inner statement runs, which has to keep them apart. */
    private Set<String> tagsOf(Source source, TimeRange schemaRange) {
        Set<String> tags = new TreeSet<>();
        if (source instanceof Measurement measurement) {
            resolver.resolve(measurement, context, schemaRange, null).forEach(stored -> tags.addAll(stored.tagKeys()));
            return tags;
        }
        SelectStatement inner = ((SubQuery) source).statement();
        Set<String> dimensions = new TreeSet<>(Dimensions.named(inner));
        if (Dimensions.havePatterns(inner)) {
            inner.sources().forEach(its -> tags.addAll(tagsOf(its, schemaRange)));
            Dimensions.expand(inner, tags, dimensions);
        }
        return dimensions;
    }

    /** The dimensions that a statement has by itself: those it only keeps apart for the one around it are no columns of its. */
    private static Set<String> ownDimensions(SelectStatement statement, PlanOutline outline, Inherited inherited) {
        Set<String> own = new LinkedHashSet<>(outline.plan().dimensions());
        own.removeAll(inherited.dimensions());
        own.addAll(Dimensions.named(statement));
        Dimensions.expand(statement, outline.tags(), own);
        return own;
    }

    /** A tag that an inner statement groups by is a field of its rows for the calls that name it. */
    private static void addReadTags(List<Call> calls, List<RowSource> sources, Map<String, FieldType> fields) {
        for (Call call : calls) {
            Expression argument = call;
            while (argument instanceof Call level) {
                argument = level.arguments().get(0);
            }
            if (argument instanceof VarRef reference
                    && reference.type() == null
                    && sources.stream().anyMatch(source -> source.readableTags().contains(reference.name()))) {
                fields.putIfAbsent(reference.name(), FieldType.STRING);
            }
        }
    }

    /** A column; a name that is neither a field's nor a tag's has no type. */
    private static Output output(
            String name,
            String innerName,
            Expression expression,
            PlanTypes types,
            Set<String> tags,
            Set<String> tagColumns) {
        if (!(expression instanceof VarRef reference)) {
            return new Output(name, innerName, expression, types.of(expression), false);
        }
        if (!types.isTag(reference)) {
            boolean isTag = reference.type() == null && tagColumns.contains(reference.name());
            return new Output(name, innerName, expression, types.of(expression), isTag);
        }
        boolean isKnown = tags.contains(reference.name()) || reference.name().equals("_name");
        return new Output(name, innerName, expression, isKnown ? FieldType.STRING : null, isKnown);
    }

    /** So it is for the columns of raw statements over inner ones: a tag alone makes a row there. */
    private static Set<String> readShownTags(
            List<SelectField> selected, List<RowSource> sources, Map<String, FieldType> fields) {
        Set<String> readable = new TreeSet<>();
        sources.forEach(source -> readable.addAll(source.readableTags()));
        readable.removeAll(fields.keySet());
        selected.replaceAll(field -> {
            boolean reads = field.expression() instanceof VarRef reference
                    && (reference.type() == null || reference.type() == DataType.TAG)
                    && readable.contains(reference.name());
            return reads
                    ? new SelectField(new VarRef(((VarRef) field.expression()).name(), null), field.alias())
                    : field;
        });
        Set<String> shown = new TreeSet<>();
        for (SelectField field : selected) {
            if (field.expression() instanceof VarRef reference
                    && reference.type() == null
                    && readable.contains(reference.name())) {
                fields.put(reference.name(), FieldType.STRING);
                shown.add(reference.name());
            }
        }
        return shown;
    }

    private static boolean isTime(Expression expression) {
        return expression instanceof VarRef reference && reference.name().equals("time");
    }

    private static String timeName(List<SelectField> fields) {
        for (SelectField field : fields) {
            if (isTime(field.expression()) && field.alias() != null) {
                return field.alias();
            }
        }
        return "time";
    }
}
