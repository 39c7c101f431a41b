package dev.sluice.http.encoding;

/** The body of an answer to a request that failed as a whole. */
public final class ErrorBody {

    private ErrorBody() {}

    /** {@code {"error":"…"}} and a line feed in JSON, the word and the text on a line each in CSV, a map in MessagePack. */
    public static byte[] encode(ResponseFormat format, boolean pretty, String text) {
        ByteOutput out = new ByteOutput(64 + text.length());
        switch (format) {
            case JSON -> {
                new JsonWriter(out, pretty)
                        .beginObject()
                        .name("error")
                        .value(text)
                        .endObject();
                out.put('\n');
            }
            case CSV -> {
                out.putAscii("error\n");
                CsvFields.put(out, text);
                out.put('\n');
            }
            case MESSAGE_PACK -> {
                MessagePack.putMapHeader(out, 1);
                MessagePackDocument.putError(out, text);
            }
        }
        return out.copyBytes();
    }
}
