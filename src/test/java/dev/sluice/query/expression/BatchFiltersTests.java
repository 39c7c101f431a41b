package dev.sluice.query.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import dev.sluice.model.TagSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFiltersTests {

    private static final Map<String, FieldType> FIELDS = Map.of(
            "whole", FieldType.INTEGER,
            "other", FieldType.INTEGER,
            "real", FieldType.FLOAT,
            "text", FieldType.STRING,
            "flag", FieldType.BOOLEAN);

    private static final List<String> COLUMNS = List.of("whole", "real", "text", "other");

    private static final ColumnBatch BATCH = ColumnBatch.of(
            LongColumn.wrapWithoutCopy(new long[] {0, 10, 20, 30, 40, 50, 60}, 7)
                    .region(1, 6),
            LongColumn.wrapWithoutCopy(new long[] {9, 1, 2, 3, 4, 5, 6}, new long[] {0b0001000}, 7)
                    .region(1, 6),
            DoubleColumn.wrapWithoutCopy(new double[] {9, 1.5, 2, Double.NaN, -0.0, 5, 2}, null, 7)
                    .region(1, 6),
            StringColumn.of(Arrays.asList("x", "a", "b", null, "ab", "a", "")).region(1, 6),
            LongColumn.wrapWithoutCopy(new long[] {9, 1, 1, 4, 4, 4, 9}, 7).region(1, 6));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole = 2",
                "whole != 2",
                "whole < 4",
                "whole <= 4",
                "whole > 4",
                "whole >= 4",
                "4 > whole",
                "4 <= whole",
                "whole > 4.5",
                "whole = 4.0",
                "real > 1.5",
                "real >= 2",
                "real < 2",
                "real = 0",
                "real != 2",
                "real != 1.5 AND whole > 1",
                "real > 4 OR whole = 1 OR text = 'b'",
                "(real > 4 OR whole = 1) AND text = 'a'",
                "text = 'a'",
                "text != 'a'",
                "text =~ /^a/",
                "text !~ /^a/",
                "text > 1",
                "whole = 'a'",
                "whole =~ /a/",
                "whole::float > 2",
                "whole + other > 4",
                "whole > other",
                "flag = true",
                "host = 'one'",
                "host = 'two'",
                "host != 'two' AND whole > 2",
                "host =~ /t/ OR whole > 2",
                "'one' = host",
                "missing = ''",
                "(host = 'one')",
                "true",
                "false",
                "whole > 4 AND true",
                "1 = 1",
            })
    void keepWhenAnyConditionThenTheRowsTheEvaluatorTakes(String text) {
        Expression condition = InfluxqlParser.parseExpression(text);
        BatchRow row = new BatchRow(FIELDS, COLUMNS);
        row.useSeries(TagSet.of(Map.of("host", "one")));
        row.useBatch(BATCH);
        boolean[] expected = new boolean[BATCH.rowCount()];
        for (int i = 0; i < expected.length; i++) {
            row.moveTo(i);
            expected[i] = i != 1 && Evaluator.isTrue(condition, row);
        }

        BatchFilter filter = BatchFilters.of(condition, FIELDS, COLUMNS);
        filter.useSeries(row);
        boolean[] passes = new boolean[BATCH.rowCount() + 2];
        Arrays.fill(passes, true);
        passes[1] = false;
        filter.keep(BATCH, passes);

        assertThat(Arrays.copyOf(passes, expected.length)).as(text).containsExactly(expected);
    }
}
