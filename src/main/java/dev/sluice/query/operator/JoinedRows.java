package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.RowValues;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a group, made of what its calls yield: points of equal time stand in one row, the first of one call beside
 * the first of the other and so on. A call without a point in a row, and a field without a value beside a point, shows the number of
 * {@code fill(number)}, what was before it with {@code fill(previous)}, else null.
 */
final class JoinedRows implements RowValues {

    private final SelectPlan plan;
    private final PlanTypes types;
    private final List<CallPoints> points;
    private final List<VarRef> auxiliary;
    private long[] times;
    private @Nullable Object[][] values;

    /** What is shown beside the points of the only call: fields and tags, each with a value for every row. */
    private @Nullable Object[][] shown = new Object[0][];

    private int row;

    /**
     * A join.
     *
     * @param points of the plan's calls, in their order
     */
    JoinedRows(SelectPlan plan, PlanTypes types, List<CallPoints> points, List<VarRef> auxiliary) {
        this.plan = plan;
        this.types = types;
        this.points = points;
        this.auxiliary = auxiliary;
        this.times = points.get(0).times();
        this.values = new Object[points.size()][];
    }

    /** The rows; null when there are none. */
    @Nullable
    ColumnBatch build() {
        boolean same = points.stream().allMatch(other -> other.times() == times || Arrays.equals(other.times(), times));
        if (same) {
            for (int call = 0; call < values.length; call++) {
                values[call] = points.get(call).values();
            }
        } else {
            merge();
        }
        if (times.length == 0) {
            return null;
        }
        if (points.size() == 1) {
            shown = new Object[auxiliary.size()][];
            for (int position = 0; position < shown.length; position++) {
                shown[position] = shown(position);
            }
        }
        Column[] columns = new Column[plan.outputs().size() + 1];
        columns[0] = LongColumn.wrapWithoutCopy(times, times.length);
        for (int i = 1; i < columns.length; i++) {
            Output output = plan.outputs().get(i - 1);
            columns[i] = ValueColumns.of(output.columnType(), values(output.expression()));
        }
        return ColumnBatch.of(columns);
    }

    private @Nullable Object[] values(Expression expression) {
        int call = expression instanceof Call ? plan.calls().indexOf(expression) : -1;
        if (call >= 0) {
            return values[call];
        }
        Object[] computed = new Object[times.length];
        for (row = 0; row < computed.length; row++) {
            computed[row] = Evaluator.evaluate(expression, this);
        }
        return computed;
    }

    private @Nullable Object[] shown(int position) {
        FieldType type = types.of(auxiliary.get(position));
        // A number is no text: where InfluxDB shows it among texts, nothing is shown here.
        Object missing = type != null && type.isNumeric() ? Filling.number(plan.fill(), type) : null;
        Object[] column = new Object[times.length];
        for (int i = 0; i < column.length; i++) {
            Object value = points.get(0).auxiliary(i, position);
            column[i] = value == null ? missing : value;
            missing = plan.fill().kind() == Fill.Kind.PREVIOUS ? column[i] : missing;
        }
        return column;
    }

    private void merge() {
        int[] next = new int[points.size()];
        int most = points.stream().mapToInt(CallPoints::size).sum();
        long[] joined = new long[most];
        for (int call = 0; call < values.length; call++) {
            values[call] = new Object[most];
            FieldType type = types.type(plan.calls().get(call));
            Object missing = Filling.number(plan.fill(), type == null ? FieldType.FLOAT : type);
            if (missing != null) {
                Arrays.fill(values[call], missing);
            }
        }
        int rows = 0;
        for (int first = first(next); first >= 0; first = first(next)) {
            long time = points.get(first).times()[next[first]];
            joined[rows] = time;
            for (int call = 0; call < next.length; call++) {
                CallPoints of = points.get(call);
                if (next[call] < of.size() && of.times()[next[call]] == time) {
                    values[call][rows] = of.values()[next[call]++];
                } else if (rows > 0 && plan.fill().kind() == Fill.Kind.PREVIOUS) {
                    values[call][rows] = values[call][rows - 1];
                }
            }
            rows++;
        }
        times = Arrays.copyOf(joined, rows);
        for (int call = 0; call < values.length; call++) {
            values[call] = Arrays.copyOf(values[call], rows);
        }
    }

    /** The call whose next point comes first, or -1. */
    private int first(int[] next) {
        int first = -1;
        long time = 0;
        for (int call = 0; call < next.length; call++) {
            if (next[call] < points.get(call).size()) {
                long candidate = points.get(call).times()[next[call]];
                if (first < 0 || (plan.ascending() ? candidate < time : candidate > time)) {
                    first = call;
                    time = candidate;
                }
            }
        }
        return first;
    }

    @Override
    public @Nullable Object value(Expression leaf) {
        if (leaf instanceof Call call) {
            return values[plan.calls().indexOf(call)][row];
        }
        // Fields and tags stand beside a single call only, whose points are the rows.
        int position = leaf instanceof VarRef reference ? auxiliary.indexOf(reference) : -1;
        return position < 0 || position >= shown.length ? null : shown[position][row];
    }

    @Override
    public @Nullable FieldType type(Expression leaf) {
        return types.type(leaf);
    }
}
