package dev.sluice.http.encoding;

import dev.sluice.statement.ResultSink;

/** Writes the results of a request in one format. Used by one thread. */
public interface ResultEncoder extends ResultSink, AutoCloseable {

    /** An encoder for what a request asks for. */
    static ResultEncoder create(EncodingOptions options, AnswerStream answer) {
        ResultEncoder encoder =
                switch (options.format()) {
                    case JSON -> create(new JsonDocument(options, answer), options, answer);
                    case CSV -> new CsvEncoder(options, answer);
                    case MESSAGE_PACK -> create(new MessagePackDocument(options, answer), options, answer);
                };
        boolean limited = options.maxRowLimit() > 0 && !options.isChunked();
        return limited ? new RowLimit(encoder, options.maxRowLimit()) : encoder;
    }

    private static ResultEncoder create(ResultDocument document, EncodingOptions options, AnswerStream answer) {
        return options.isChunked() ? new ChunkedEncoder(document, options, answer) : new WholeEncoder(document);
    }

    /** Marks the series begun last as cut short; nothing but {@link #endStatement} follows for the statement. */
    void markSeriesPartial();

    /** Whether no more results are wanted. */
    default boolean isFull() {
        return false;
    }

    /** Completes the answer and writes the rest of it. */
    void finish();

    /** Gives back what the encoder holds beside memory, whether or not it finished. */
    @Override
    default void close() {}
}
