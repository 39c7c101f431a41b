package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;

/**
 * A document {@code {"results":[…]}} that is written as its parts come, in one notation. Calls nest: {@link #begin}, any
 * results, {@link #end}; a result is {@link #beginResult}, any series and messages, then {@link #endResult} or {@link
 * #failResult}; a series is {@link #beginSeries}, any rows, {@link #endSeries}. After its end a document may begin anew.
 */
interface ResultDocument {

    void begin();

    void beginResult(int statementId);

    void beginSeries(SeriesHeader header);

    /** Writes rows, at least one. */
    void rows(ColumnBatch batch);

    void endSeries(boolean partial);

    void message(String level, String text);

    void endResult(boolean partial);

    /**
     * Ends the open result with an error, which stands alone: series are taken back, unless they have left already. No
     * series is open.
     */
    void failResult(String error);

    /** Completes the document and writes what has not been written yet. */
    void end();

    /** Gives back what is held beside memory. */
    void close();
}
