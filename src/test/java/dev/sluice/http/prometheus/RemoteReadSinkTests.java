package dev.sluice.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.http.prometheus.TestMessages.Matcher;
import dev.sluice.http.prometheus.TestMessages.Sample;
import dev.sluice.http.prometheus.TestMessages.Series;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryException;
import dev.sluice.statement.StatementException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteReadSinkTests {

    private final RemoteReadSink sink = sink(MemoryAccount.UNLIMITED);

    private static RemoteReadSink sink(MemoryAccount memory) {
        try {
            return new RemoteReadSink(
                    RemoteRead.read(TestMessages.readRequest(0, 1, new Matcher(2, "__name__", "up.*"))), memory);
        } catch (MalformedMessageException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private void series(String name, Map<String, String> tags) {
        sink.series(new SeriesHeader(name, tags, List.of("time", "value"), true, new BitSet(), ZoneOffset.UTC));
    }

    private static LongColumn longs(long... values) {
        return LongColumn.wrapWithoutCopy(values, values.length);
    }

    private static DoubleColumn doubles(double... values) {
        return DoubleColumn.wrapWithoutCopy(values, values.length);
    }

    @Test
    void messageWhenSeriesThenTheirSamples() {
        series("up", Map.of("job", "ä", "none", ""));
        sink.rows(ColumnBatch.of(longs(-1, 0, 1_999_999, Long.MAX_VALUE), doubles(0, -0.0, 1.5, Double.MAX_VALUE)));
        sink.rows(ColumnBatch.of(longs(128_000_000), doubles(Double.MIN_VALUE)));
        series("upper", Map.of("job", "x".repeat(300)));
        sink.rows(ColumnBatch.of(longs(0), doubles(0)));
        sink.endStatement();

        assertThat(TestMessages.readResponse(sink.message()))
                .containsExactly(
                        new Series(
                                Map.of("job", "ä"),
                                List.of(
                                        new Sample(0, -1),
                                        new Sample(-0.0, 0),
                                        new Sample(1.5, 1),
                                        new Sample(Double.MAX_VALUE, Long.MAX_VALUE / 1_000_000),
                                        new Sample(Double.MIN_VALUE, 128))),
                        new Series(Map.of("job", "x".repeat(300)), List.of(new Sample(0, 0))));
    }

    @Test
    void messageWhenNothingWasAskedForThenOneEmptyResult() {
        series("down", Map.of());
        sink.rows(ColumnBatch.of(longs(1), doubles(1)));
        series("up", Map.of());
        sink.rows(ColumnBatch.of(longs(1), longs(1)));
        sink.endStatement();
        assertThat(sink.message()).containsExactly(10, 0);
    }

    private static ColumnBatch samples(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, 1.5);
        return ColumnBatch.of(
                LongColumn.wrapWithoutCopy(new long[rows], rows), DoubleColumn.wrapWithoutCopy(values, rows));
    }

    @Test
    void rowsWhenThereAreTooManyThenRefused() {
        ColumnBatch batch = samples(100_000);
        series("up", Map.of());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        sink.rows(batch);
                    }
                })
                .isInstanceOf(StatementException.class)
                .hasMessage("read response is larger than 33554432 bytes, ask for less at a time");
    }

    @Test
    void rowsWhenTheyTakeMoreThanTheAccountHoldsThenRefused() {
        RemoteReadSink small = sink(MemoryAccount.ofService(0).openQuery(1 << 20));
        small.series(new SeriesHeader("up", Map.of(), List.of("time", "value"), true, new BitSet(), ZoneOffset.UTC));
        ColumnBatch batch = samples(100_000);
        assertThatThrownBy(() -> small.rows(batch))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("max-query-memory limit exceeded");
    }

    @Test
    void errorWhenSeveralThenTheFirst() {
        sink.error("a");
        sink.error("b");
        assertThat(sink.firstError()).contains("a");
    }
}
