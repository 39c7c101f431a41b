package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code top(x, [tag, …] n)} and {@code bottom}: the n points with the greatest or least values, earlier ones first where
 * values are equal. With tags only the best point of each combination of their values takes part.
 */
final class RankingFunction implements BucketFunction {

    private final String name;
    private final boolean greatest;

    RankingFunction(String name, boolean greatest) {
        this.name = name;
        this.greatest = greatest;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        List<Expression> arguments = call.arguments();
        if (arguments.size() < 2) {
            throw new QueryException(
                    "invalid number of arguments for " + name + ", expected at least 2, got " + arguments.size());
        }
        Expression last = arguments.get(arguments.size() - 1);
        if (!(last instanceof IntegerLiteral count)) {
            throw new QueryException("expected integer as last argument in " + name + "(), found " + last);
        }
        if (count.value() < 1) {
            throw new QueryException("limit (" + count.value() + ") in " + name + " function must be at least 1");
        }
        if (scope.limit() > 0 && count.value() > scope.limit()) {
            throw new QueryException("limit (" + count.value() + ") in " + name
                    + " function can not be larger than the LIMIT (" + scope.limit() + ") in the select statement");
        }
        if (!(arguments.get(0) instanceof VarRef)) {
            throw new QueryException(
                    "expected first argument to be a field in " + name + "(), found " + arguments.get(0));
        }
        for (Expression argument : arguments.subList(1, arguments.size() - 1)) {
            if (!(argument instanceof VarRef)) {
                throw new QueryException("only fields or tags are allowed in " + name + "(), found " + argument);
            }
            scope.noteAuxiliary();
        }
    }

    @Override
    public Kind kind() {
        return Kind.RANKING;
    }

    @Override
    public @Nullable FieldType resultType(FieldType argument) {
        return argument.isNumeric() ? argument : null;
    }

    @Override
    public boolean commutes() {
        return false;
    }

    @Override
    public OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        int last = setting.argumentCount() - 1;
        return new Ranking(argument, setting.integerArgument(last, 1), last > 1);
    }

    private final class Ranking implements OrderedAccumulator {

        private final FieldType type;
        private final long wanted;
        private final boolean onePerTags;
        private final LongColumnBuilder times = new LongColumnBuilder();
        private final ColumnBuilder values;
        private final List<List<Object>> tags = new ArrayList<>();

        Ranking(FieldType type, long wanted, boolean onePerTags) {
            this.type = type;
            this.wanted = wanted;
            this.onePerTags = onePerTags;
            this.values = ColumnBuilder.of(type);
        }

        @Override
        public void begin(long bucketTimeNanos) {
            tags.clear();
        }

        @Override
        public void add(LongColumn newTimes, Column newValues, int start, int end) {
            add(newTimes, newValues, new Column[0], start, end);
        }

        @Override
        public void add(LongColumn newTimes, Column newValues, Column[] arguments, int start, int end) {
            times.appendRange(newTimes, start, end);
            values.appendRange(newValues, start, end);
            for (int row = start; onePerTags && row < end; row++) {
                List<Object> combination = new ArrayList<>();
                for (Column argument : arguments) {
                    combination.add(argument.isNull(row) ? "" : Values.boxed(argument, row));
                }
                tags.add(combination);
            }
        }

        @Override
        public void finish(PointSink target) {
            LongColumn points = times.build();
            Column column = values.build();
            Comparator<Integer> byValue = (one, other) -> greatest
                    ? SelectedPoints.compareRows(type, column, other, one)
                    : SelectedPoints.compareRows(type, column, one, other);
            Comparator<Integer> byTime = (one, other) -> Long.compare(points.get(one), points.get(other));
            Comparator<Integer> best = byValue.thenComparing(byTime);
            List<Integer> candidates = new ArrayList<>();
            if (onePerTags) {
                Map<List<Object>, Integer> bestOf = new HashMap<>();
                for (int row = 0; row < points.length(); row++) {
                    bestOf.merge(tags.get(row), row, (one, other) -> best.compare(other, one) < 0 ? other : one);
                }
                candidates.addAll(bestOf.values());
            } else {
                for (int row = 0; row < points.length(); row++) {
                    candidates.add(row);
                }
            }
            candidates.stream()
                    .sorted(best.thenComparing(Comparator.naturalOrder()))
                    .limit(wanted)
                    .sorted(byTime.thenComparing(Comparator.naturalOrder()))
                    .forEach(row -> target.emitSelected(row, points.get(row), column, row));
        }

        @Override
        public long retainedSizeInBytes() {
            return 16L * times.length() + 64L * tags.size();
        }
    }
}
