package dev.sluice.lineprotocol;

import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The part of a line before its fields: measurement and tags. A key that the body has shown before is recognized as a
 * whole. When the tags of a new one stand in order and nothing is escaped, its bytes are the canonical key and nothing is
 * copied.
 */
final class SeriesKeyParser {

    private static final int MAX_KEY_LENGTH = 65_535;

    private final byte[] body;
    private final int length;
    private final PointBatch points;

    private final KnownKeys known;

    private int[] tagStarts = new int[16];
    private int[] tagEquals = new int[16];
    private int[] tagEnds = new int[16];
    private int tagCount;
    private int measurementStart;
    private int measurementEnd;
    private int keyOffset;
    private int keyLength;

    private int lineStart;
    private int key;

    SeriesKeyParser(byte[] body, int length, PointBatch points) {
        this.body = body;
        this.length = length;
        this.points = points;
        this.known = new KnownKeys(body, length);
    }

    /** The number that the batch has given the key. */
    int key() {
        return key;
    }

    /** The length of the key's canonical form. */
    int keyLength() {
        return points.keyLength(key);
    }

    /** The measurement, for messages. */
    String measurement() {
        takeApart(lineStart);
        return unescape(measurementStart, measurementEnd, true);
    }

    /** Reads the key that begins at the offset and returns the offset of the blank behind it. */
    int parse(int start) {
        lineStart = start;
        key = known.find(start);
        if (key >= 0) {
            return known.end();
        }
        int end = takeApart(start);
        key = points.addKey(keyOffset, keyLength);
        known.add(start, key);
        return end;
    }

    private int takeApart(int start) {
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
            sorted = sorted && (tagCount < 2 || compare(tagCount - 2, tagCount - 1) < 0);
        }
        if (i >= length || body[i] == '\n') {
            throw new MalformedLineException("missing fields");
        }
        if (i - start > MAX_KEY_LENGTH) {
            throw new MalformedLineException("max key length exceeded: " + (i - start) + " > " + MAX_KEY_LENGTH);
        }
        keyOffset = start;
        keyLength = i - start;
        if (!plain) {
            canonicalizeEscaped();
        } else if (!sorted) {
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

    private int compare(int tag, int other) {
        return Arrays.compareUnsigned(body, tagStarts[tag], tagEquals[tag], body, tagStarts[other], tagEquals[other]);
    }

    /** Puts the tags of a key without escapes into order. */
    private void canonicalize() {
        int[] order = order();
        int offset = points.appendBytes(body, measurementStart, measurementEnd - measurementStart);
        for (int i = 0; i < tagCount; i++) {
            // With the comma before it.
            int start = tagStarts[order[i]] - 1;
            points.appendBytes(body, start, tagEnds[order[i]] - start);
        }
        keyOffset = offset;
        keyLength = points.arenaSize() - offset;
    }

    /** The tags by their keys, by insertion: there are few, and most are in place. */
    private int[] order() {
        int[] order = new int[tagCount];
        for (int tag = 0; tag < tagCount; tag++) {
            int at = tag;
            for (; at > 0; at--) {
                int comparison = compare(order[at - 1], tag);
                if (comparison == 0) {
                    throw new MalformedLineException("duplicate tags");
                }
                if (comparison < 0) {
                    break;
                }
                order[at] = order[at - 1];
            }
            order[at] = tag;
        }
        return order;
    }

    private void canonicalizeEscaped() {
        Map<String, String> tags = new HashMap<>();
        for (int tag = 0; tag < tagCount; tag++) {
            String key = unescape(tagStarts[tag], tagEquals[tag], false);
            if (tags.put(key, unescape(tagEquals[tag] + 1, tagEnds[tag], false)) != null) {
                throw new MalformedLineException("duplicate tags");
            }
        }
        SeriesKey unescaped = new SeriesKey(unescape(measurementStart, measurementEnd, true), TagSet.of(tags));
        byte[] canonical = unescaped.canonical().getBytes(StandardCharsets.UTF_8);
        keyOffset = points.appendBytes(canonical, 0, canonical.length);
        keyLength = canonical.length;
    }

    /** Appends a field key without its escapes to the batch's arena and returns its length. */
    int appendUnescaped(int start, int end) {
        byte[] name = unescape(start, end, false).getBytes(StandardCharsets.UTF_8);
        points.appendBytes(name, 0, name.length);
        return name.length;
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
