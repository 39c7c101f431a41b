package dev.sluice.http.encoding;

import dev.sluice.model.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its answer.
 *
 * @param format JSON, CSV or MessagePack
 * @param pretty whether JSON is indented by four spaces
 * @param epoch unit of times; null for the format's own: text in JSON, nanoseconds in CSV, an extension in MessagePack
 * @param rfc3339 whether times are text in every format; {@code epoch} is then without effect
 * @param chunkSize rows per document; 0 for one document in all
 * @param chunking how each statement is divided when there is a chunk size; statements in order
 * @param maxRowLimit most rows of an answer that is not chunked; 0 for no limit
 */
public record EncodingOptions(
        ResponseFormat format,
        boolean pretty,
        @Nullable Precision epoch,
        boolean rfc3339,
        int chunkSize,
        List<Chunking> chunking,
        int maxRowLimit) {

    public EncodingOptions {
        chunking = List.copyOf(chunking);
    }

    /** One document of a format, with its own times. */
    public static EncodingOptions of(ResponseFormat format) {
        return new EncodingOptions(format, false, null, false, 0, List.of(), 0);
    }

    boolean isChunked() {
        return chunkSize > 0;
    }

    /** How a statement's result is divided; by rows when nothing is known of it. */
    Chunking chunking(int statementId) {
        return statementId < chunking.size() ? chunking.get(statementId) : Chunking.ROWS;
    }
}
