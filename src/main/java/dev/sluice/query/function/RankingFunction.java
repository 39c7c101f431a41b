package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** Keeps the best points only, whatever the number of points. */
    private final class Ranking implements OrderedAccumulator {

        private static final int FIRST_SIZE = 16;

        private final FieldType type;
        private final long wanted;
        private final boolean onePerTags;

        /** The best points as a binary heap, the worst of them first. */
        private long[] values = new long[FIRST_SIZE];

        private long[] times = new long[FIRST_SIZE];
        private int[] ordinals = new int[FIRST_SIZE];
        private int size;

        private final Map<List<Object>, Best> bestOfTags = new HashMap<>();

        /** The tags of the row being added; most rows have tags that are known already. */
        private final List<Object> tagsOfRow = new ArrayList<>();

        /** Which of the rows that were added last are, or were for a while, among the best. */
        private final BitSet kept = new BitSet();

        private int firstOfRun;
        private int rowCount;

        /** The best point of a combination of tags. */
        private static final class Best {

            private long value;
            private long time;
            private int ordinal;

            Best(long value, long time, int ordinal) {
                set(value, time, ordinal);
            }

            final void set(long newValue, long newTime, int newOrdinal) {
                value = newValue;
                time = newTime;
                ordinal = newOrdinal;
            }
        }

        Ranking(FieldType type, long wanted, boolean onePerTags) {
            this.type = type;
            this.wanted = wanted;
            this.onePerTags = onePerTags;
        }

        @Override
        public void begin(long bucketTimeNanos) {
            size = 0;
            rowCount = 0;
            bestOfTags.clear();
        }

        @Override
        public void add(LongColumn newTimes, Column newValues, int start, int end) {
            add(newTimes, newValues, new Column[0], start, end);
        }

        @Override
        public void add(LongColumn newTimes, Column newValues, Column[] arguments, int start, int end) {
            kept.clear();
            firstOfRun = rowCount;
            for (int row = start; row < end; row++) {
                long value = SelectedPoints.bits(newValues, row);
                long time = newTimes.get(row);
                if (onePerTags) {
                    addOfTags(arguments, row, value, time);
                } else if (keepIfBest(value, time, rowCount)) {
                    kept.set(rowCount - firstOfRun);
                }
                rowCount++;
            }
        }

        @Override
        public boolean mayEmit(int ordinal) {
            return kept.get(ordinal - firstOfRun);
        }

        private void addOfTags(Column[] arguments, int row, long value, long time) {
            tagsOfRow.clear();
            for (Column argument : arguments) {
                tagsOfRow.add(key(argument, row));
            }
            Best known = bestOfTags.get(tagsOfRow);
            if (known == null) {
                bestOfTags.put(List.copyOf(tagsOfRow), new Best(value, time, rowCount));
                kept.set(rowCount - firstOfRun);
                // A later point of the same value and time does not take its place.
            } else if (compare(value, time, 0, known.value, known.time, 0) < 0) {
                known.set(value, time, rowCount);
                kept.set(rowCount - firstOfRun);
            }
        }

        /** A value that equals those of other rows, made without decoding texts. */
        private static Object key(Column argument, int row) {
            if (argument instanceof StringColumn texts) {
                return ByteBuffer.wrap(argument.isNull(row) ? new byte[0] : texts.get(row));
            }
            return argument.isNull(row) ? ByteBuffer.allocate(0) : Values.boxed(argument, row);
        }

        /** Keeps a point if it is among the best so far, and says whether it is. */
        private boolean keepIfBest(long value, long time, int ordinal) {
            if (size < wanted) {
                if (size == values.length) {
                    values = Arrays.copyOf(values, size * 2);
                    times = Arrays.copyOf(times, size * 2);
                    ordinals = Arrays.copyOf(ordinals, size * 2);
                }
                set(size++, value, time, ordinal);
                siftUp(size - 1);
                return true;
            }
            if (compare(value, time, ordinal, values[0], times[0], ordinals[0]) < 0) {
                set(0, value, time, ordinal);
                siftDown();
                return true;
            }
            return false;
        }

        /** Negative when the first point is better. */
        private int compare(long value, long time, int ordinal, long otherValue, long otherTime, int otherOrdinal) {
            int order = greatest
                    ? SelectedPoints.compareBits(type, otherValue, value)
                    : SelectedPoints.compareBits(type, value, otherValue);
            if (order == 0) {
                order = Long.compare(time, otherTime);
            }
            return order == 0 ? Integer.compare(ordinal, otherOrdinal) : order;
        }

        private boolean isWorse(int one, int other) {
            return compare(values[one], times[one], ordinals[one], values[other], times[other], ordinals[other]) > 0;
        }

        private void set(int at, long value, long time, int ordinal) {
            values[at] = value;
            times[at] = time;
            ordinals[at] = ordinal;
        }

        private void swap(int one, int other) {
            long value = values[one];
            long time = times[one];
            int ordinal = ordinals[one];
            set(one, values[other], times[other], ordinals[other]);
            set(other, value, time, ordinal);
        }

        private void siftUp(int from) {
            for (int at = from; at > 0 && isWorse(at, (at - 1) / 2); at = (at - 1) / 2) {
                swap(at, (at - 1) / 2);
            }
        }

        private void siftDown() {
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child >= size) {
                    return;
                }
                if (child + 1 < size && isWorse(child + 1, child)) {
                    child++;
                }
                if (!isWorse(child, at)) {
                    return;
                }
                swap(at, child);
                at = child;
            }
        }

        @Override
        public void finish(PointSink target) {
            bestOfTags.values().forEach(best -> keepIfBest(best.value, best.time, best.ordinal));
            IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(at -> times[at]).thenComparingInt(at -> ordinals[at]))
                    .forEach(at -> target.emitSelected(ordinals[at], times[at], values[at]));
        }

        @Override
        public long retainedSizeInBytes() {
            return 20L * values.length + 128L * bestOfTags.size();
        }
    }
}
