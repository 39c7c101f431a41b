package dev.sluice.statement;

import dev.sluice.column.SeriesSink;

/**
 * Takes the results of a request: for each statement {@link #beginStatement}, any series, messages or one error, then
 * {@link #endStatement}. An error may follow rows already sent. Calls come from one thread and may block.
 */
public interface ResultSink extends SeriesSink {

    void beginStatement(int statementId);

    /** A message for the user beside the result, such as a warning. */
    void message(String level, String text);

    /** The statement failed; nothing but {@link #endStatement} follows for it. */
    void error(String text);

    void endStatement();
}
