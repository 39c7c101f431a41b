package dev.sluice.http.prometheus;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.query.MemoryAccount;
import dev.sluice.statement.ResultSink;
import dev.sluice.statement.StatementException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@code ReadResponse} of a statement's result. Only floats are samples, as in InfluxDB; series without any are left
 * out. Belongs to one thread.
 *
 * <pre>
 * ReadResponse { repeated QueryResult results = 1; }
 * QueryResult  { repeated TimeSeries timeseries = 1; }      (a time series is that of {@link RemoteWrite})
 * </pre>
 */
public final class RemoteReadSink implements ResultSink {

    /** The answer is compressed as a whole, so all of it has to be in memory. */
    private static final int MAX_BYTES = 32 << 20;

    /** What is gathered, the message around it, its bytes, and those compressed. */
    private static final int COPIES = 4;

    private final RemoteRead query;
    private final MemoryAccount.Buffer memory;
    private final MessageBuffer result = new MessageBuffer();
    private final MessageBuffer samples = new MessageBuffer();
    private Map<String, String> labels = Map.of();
    private boolean accepted;
    private @Nullable String firstError;

    /**
     * What is gathered of one query.
     *
     * @param memory what it may take, also while the message is made and sent
     */
    public RemoteReadSink(RemoteRead query, MemoryAccount memory) {
        this.query = query;
        this.memory = memory.buffer();
    }

    /** What failed first; empty when nothing did. */
    public Optional<String> firstError() {
        return Optional.ofNullable(firstError);
    }

    /** The message, once the statement has ended. */
    public byte[] message() {
        MessageBuffer response = new MessageBuffer();
        response.putMessage(1, result);
        return response.copyBytes();
    }

    @Override
    public void beginStatement(int statementId) {
        // There is only one.
    }

    @Override
    public void series(SeriesHeader header) {
        endSeries();
        accepted = query.accepts(header.name(), header.tags());
        labels = header.tags();
    }

    @Override
    public void rows(ColumnBatch batch) {
        if (!accepted || !(batch.column(1) instanceof DoubleColumn values)) {
            return;
        }
        LongColumn times = (LongColumn) batch.column(0);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!values.isNull(row)) {
                samples.putSample(values.get(row), Math.floorDiv(times.get(row), RemoteWrite.NANOS_PER_MILLI));
            }
        }
        long size = result.size() + (long) samples.size();
        memory.setSize(size * COPIES);
        if (size > MAX_BYTES) {
            throw new StatementException(
                    "read response is larger than " + MAX_BYTES + " bytes, ask for less at a time");
        }
    }

    private void endSeries() {
        if (samples.size() > 0) {
            MessageBuffer series = new MessageBuffer();
            labels.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    series.putLabel(name, value);
                }
            });
            result.putMessage(1, series, samples);
            samples.clear();
        }
    }

    @Override
    public void message(String level, String text) {
        // The message has no place for it.
    }

    @Override
    public void error(String text) {
        firstError = firstError == null ? text : firstError;
    }

    @Override
    public void endStatement() {
        endSeries();
    }
}
