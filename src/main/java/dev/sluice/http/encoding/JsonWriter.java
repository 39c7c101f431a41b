package dev.sluice.http.encoding;

import java.nio.charset.StandardCharsets;

/**
 * Objects and arrays as Go's {@code json.Marshal} and {@code json.MarshalIndent} lay them out: nothing between tokens, or
 * each member on a line of its own, indented by four spaces a level. Keeps commas and indentation; the caller keeps the
 * order of calls. Not thread-safe.
 */
final class JsonWriter {

    /** Deep enough for a response, whose cells may be lists. */
    private static final int MAX_DEPTH = 12;

    private static final byte[] NOTHING = {};
    private static final byte[][] NO_LINES = new byte[MAX_DEPTH][];
    private static final byte[][] LINES = new byte[MAX_DEPTH][];

    static {
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            NO_LINES[depth] = NOTHING;
            LINES[depth] = ("\n" + "    ".repeat(depth)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    final ByteOutput out;
    private final byte[][] lines;
    private final boolean pretty;
    private final boolean[] empty = new boolean[MAX_DEPTH];
    private int depth;
    private boolean afterName;

    JsonWriter(ByteOutput out, boolean pretty) {
        this.out = out;
        this.pretty = pretty;
        this.lines = pretty ? LINES : NO_LINES;
    }

    /** How many objects and arrays are open. */
    int depth() {
        return depth;
    }

    /** What separates two values of the given depth beside the comma: a line break with indentation, or nothing. */
    byte[] lineAt(int depth) {
        return lines[depth];
    }

    /** Takes up writing inside an object of the given depth that already has a member, after output was taken back. */
    void resumeAt(int depth) {
        this.depth = depth;
        empty[depth] = false;
        afterName = false;
    }

    JsonWriter beginObject() {
        return begin('{');
    }

    JsonWriter endObject() {
        return end('}');
    }

    JsonWriter beginArray() {
        return begin('[');
    }

    JsonWriter endArray() {
        return end(']');
    }

    /** Writes a member's name, which needs no escapes. */
    JsonWriter name(String name) {
        separate();
        out.put('"');
        out.putAscii(name);
        return afterName();
    }

    /** Writes a member's name, whatever it holds. */
    JsonWriter anyName(String name) {
        separate();
        JsonStrings.put(out, name);
        out.size--;
        return afterName();
    }

    private JsonWriter afterName() {
        out.put('"');
        out.put(':');
        if (pretty) {
            out.put(' ');
        }
        afterName = true;
        return this;
    }

    JsonWriter value(String text) {
        separate();
        JsonStrings.put(out, text);
        return this;
    }

    JsonWriter value(long number) {
        separate();
        out.ensure(Decimals.MAX_LENGTH);
        out.size = Decimals.put(out.bytes, out.size, number);
        return this;
    }

    JsonWriter value(boolean truth) {
        separate();
        out.putAscii(truth ? "true" : "false");
        return this;
    }

    private JsonWriter begin(char bracket) {
        separate();
        out.put(bracket);
        empty[++depth] = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        depth--;
        if (!empty[depth + 1]) {
            out.put(lines[depth]);
        }
        out.put(bracket);
        return this;
    }

    private void separate() {
        if (afterName) {
            afterName = false;
            return;
        }
        if (depth > 0) {
            if (!empty[depth]) {
                out.put(',');
            }
            empty[depth] = false;
            out.put(lines[depth]);
        }
    }
}
