package dev.sluice.statement;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes results that nobody reads and remembers whether something failed. Belongs to one thread. */
public final class OutcomeSink implements ResultSink {

    private @Nullable String firstError;

    /** What failed first; empty when nothing did. */
    public Optional<String> firstError() {
        return Optional.ofNullable(firstError);
    }

    @Override
    public void error(String text) {
        firstError = firstError == null ? text : firstError;
    }

    @Override
    public void beginStatement(int statementId) {
        // Nobody reads results.
    }

    @Override
    public void series(SeriesHeader header) {
        // Nobody reads results.
    }

    @Override
    public void rows(ColumnBatch batch) {
        // Nobody reads results.
    }

    @Override
    public void message(String level, String text) {
        // Nobody reads results.
    }

    @Override
    public void endStatement() {
        // Nobody reads results.
    }
}
