package dev.sluice.lineprotocol;

import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The part of a line before its fields: measurement and tags. When the tags stand in order and nothing is escaped, which
 * is what clients send, the bytes are the canonical key and nothing is copied.
 */
final class SeriesKeyParser {

    private static final int MAX_KEY_LENGTH = 65_535;

    private final byte[] body;
    private final int length;
    private final PointBatch points;

    private int[] tagStarts = new int[16];
    private int[] tagEquals = new int[16];
    private int[] tagEnds = new int[16];
    private int tagCount;
    private int measurementStart;
    private int measurementEnd;
    private int keyOffset;
    private int keyLength;

    SeriesKeyParser(byte[] body, int length, PointBatch points) {
        this.body = body;
        this.length = length;
        this.points = points;
    }

    int keyOffset() {
        return keyOffset;
    }

    int keyLength() {
        return keyLength;
    }

    String measurement() {
        return unescape(measurementStart, measurementEnd, true);
    }

    /** Reads the key that begins at the offset and returns the offset of the blank behind it. */
    int parse(int start) {
        tagCount = 0;
        boolean plain = true;
        int i = start;
        if (body[i] == ',') {
            throw new MalformedLineException("missing measurement");
        }
        for (; i < length; i++) {
            byte b = body[i];
            if (b == '\\') {
                plain = false;
            } else if ((b == ',' || b == ' ' || b == '\n') && body[i - (i > start ? 1 : 0)] != '\\') {
                break;
            }
        }
        measurementStart = start;
        measurementEnd = i;
        boolean sorted = true;
        while (i < length && body[i] == ',') {
            i = parseTag(i + 1);
            plain &= tagPlain;
            sorted = sorted && (tagCount < 2 || compareWithPrevious(tagCount - 1) < 0);
        }
        if (i >= length || body[i] == '\n') {
            throw new MalformedLineException("missing fields");
        }
        if (i - start > MAX_KEY_LENGTH) {
            throw new MalformedLineException("max key length exceeded: " + (i - start) + " > " + MAX_KEY_LENGTH);
        }
        keyOffset = start;
        keyLength = i - start;
        if (!sorted || !plain) {
            canonicalize();
        }
        return i;
    }

    private boolean tagPlain;

    private int parseTag(int start) {
        tagPlain = true;
        int i = start;
        for (; i < length; i++) {
            byte b = body[i];
            if (b == '\\') {
                tagPlain = false;
            } else if ((b == '=' || b == ',' || b == ' ' || b == '\n') && (i == start || body[i - 1] != '\\')) {
                break;
            }
        }
        if (i == start) {
            throw new MalformedLineException("missing tag key");
        }
        if (i >= length || body[i] != '=') {
            throw new MalformedLineException("missing tag value");
        }
        int equals = i;
        for (i++; i < length; i++) {
            byte b = body[i];
            if (b == '\\') {
                tagPlain = false;
            } else if ((b == '=' || b == ',' || b == ' ' || b == '\n') && body[i - 1] != '\\') {
                if (b == '=' && i > equals + 1) {
                    throw new MalformedLineException("invalid tag format");
                }
                break;
            }
        }
        if (i == equals + 1) {
            throw new MalformedLineException("missing tag value");
        }
        if (tagCount == tagStarts.length) {
            tagStarts = Arrays.copyOf(tagStarts, tagCount * 2);
            tagEquals = Arrays.copyOf(tagEquals, tagCount * 2);
            tagEnds = Arrays.copyOf(tagEnds, tagCount * 2);
        }
        tagStarts[tagCount] = start;
        tagEquals[tagCount] = equals;
        tagEnds[tagCount++] = i;
        return i;
    }

    private int compareWithPrevious(int tag) {
        return Arrays.compareUnsigned(
                body, tagStarts[tag - 1], tagEquals[tag - 1], body, tagStarts[tag], tagEquals[tag]);
    }

    private void canonicalize() {
        Map<String, String> tags = new HashMap<>();
        for (int tag = 0; tag < tagCount; tag++) {
            String key = unescape(tagStarts[tag], tagEquals[tag], false);
            if (tags.put(key, unescape(tagEquals[tag] + 1, tagEnds[tag], false)) != null) {
                throw new MalformedLineException("duplicate tags");
            }
        }
        byte[] key = new SeriesKey(measurement(), TagSet.of(tags)).canonical().getBytes(StandardCharsets.UTF_8);
        keyOffset = points.appendBytes(key, 0, key.length);
        keyLength = key.length;
    }

    /** Appends a field key without its escapes to the batch's arena and returns its length. */
    int appendUnescaped(int start, int end) {
        byte[] key = unescape(start, end, false).getBytes(StandardCharsets.UTF_8);
        points.appendBytes(key, 0, key.length);
        return key.length;
    }

    private String unescape(int start, int end, boolean measurement) {
        byte[] plain = new byte[end - start];
        int size = 0;
        for (int i = start; i < end; i++) {
            if (body[i] == '\\' && i + 1 < end && isEscapable(body[i + 1], measurement)) {
                i++;
            }
            plain[size++] = body[i];
        }
        return new String(plain, 0, size, StandardCharsets.UTF_8);
    }

    private static boolean isEscapable(byte b, boolean measurement) {
        return b == ',' || b == ' ' || b == '=' || (measurement && b == '"');
    }
}
