package dev.sluice.lineprotocol;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import dev.sluice.model.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads line protocol ("InfluxDB line protocol", 1.x) in one pass over the bytes, straight into a {@link PointBatch}
 * that keeps the bytes. A line that is malformed is reported and left out; the others stand. One instance parses one
 * body; not thread-safe.
 */
public final class LineProtocolParser {

    /** Longest series key, and series key with a field key behind it. */
    private static final int MAX_KEY_LENGTH = 65_535;

    /** Longest text of a string field (1.11+). */
    private static final int MAX_STRING_LENGTH = 1 << 20;

    /** Error texts beyond this many characters are left out, as nobody reads them and a body may hold a million lines. */
    private static final int MAX_FAILURE_TEXT = 1 << 20;

    /** So many cannot overflow. */
    private static final int MAX_PLAIN_DIGITS = 18;

    private final byte[] body;
    private final int length;
    private final Precision precision;
    private final long receivedNanos;
    private final PointBatch points;
    private final SeriesKeyParser keys;
    private final StringBuilder failures = new StringBuilder();

    private LineProtocolParser(byte[] body, int length, Precision precision, long nowNanos, PointBatch points) {
        this.body = body;
        this.length = length;
        this.precision = precision;
        this.receivedNanos = nowNanos - Math.floorMod(nowNanos, precision.nanos());
        this.points = points;
        this.keys = new SeriesKeyParser(body, length, points);
    }

    /**
     * Reads a body.
     *
     * @param body the bytes, given up by the caller
     * @param length how many of them are in use
     * @param precision the unit of its timestamps
     * @param nowNanos the time of points that have none
     */
    public static ParsedLines parse(byte[] body, int length, Precision precision, long nowNanos) {
        return parse(body, length, precision, nowNanos, new PointBatch(body, length));
    }

    /** Reads a body into a batch, whose former content is forgotten. */
    public static ParsedLines parse(byte[] body, int length, Precision precision, long nowNanos, PointBatch into) {
        into.reset(body, length);
        LineProtocolParser parser = new LineProtocolParser(body, length, precision, nowNanos, into);
        parser.parseAll();
        return new ParsedLines(parser.points, parser.failures.isEmpty() ? null : parser.failures.toString());
    }

    private void parseAll() {
        int position = 0;
        while (position < length) {
            byte b = body[position];
            if (b == '\n' || b == ' ' || b == '\t') {
                position++;
            } else if (b == '#') {
                position = skipPast('\n', position);
            } else {
                position = parseLine(position);
            }
        }
    }

    private int skipPast(char end, int position) {
        int i = position;
        while (i < length && body[i] != end) {
            i++;
        }
        return i + 1;
    }

    private int parseLine(int start) {
        try {
            return parsePoint(start);
        } catch (MalformedLineException malformed) {
            points.discardOpenPoint();
            int end = lineEnd(start);
            if (failures.length() < MAX_FAILURE_TEXT) {
                failures.append(failures.isEmpty() ? "" : "\n")
                        .append("unable to parse '")
                        .append(new String(body, start, end - start, StandardCharsets.UTF_8))
                        .append("': ")
                        .append(malformed.getMessage());
            }
            return end + 1;
        }
    }

    private int parsePoint(int start) {
        int position = keys.parse(start);
        while (position < length && body[position] == ' ') {
            position++;
        }
        if (position >= length || body[position] == '\n') {
            // Blanks and nothing behind them: the reference then looks for a field and finds no equal sign.
            throw new MalformedLineException("invalid field format");
        }
        position = parseFields(position);
        while (position < length && body[position] == ' ') {
            position++;
        }
        long timestamp = receivedNanos;
        if (position < length && body[position] != '\n') {
            int end = timestampEnd(position);
            timestamp = parseTimestamp(position, end);
            position = end;
            while (position < length && body[position] == ' ') {
                position++;
            }
            if (position < length && body[position] != '\n') {
                throw new MalformedLineException("point is invalid");
            }
        }
        points.endPoint(keys.key(), timestamp);
        return position + 1;
    }

    private int parseFields(int start) {
        int position = start;
        while (true) {
            int column = points.expectedColumn();
            position = column >= 0 && isNameOf(column, position)
                    ? parseValue(
                            points.columnNameOffset(column),
                            points.columnNameLength(column),
                            position + points.columnNameLength(column) + 1)
                    : parseUnexpectedField(position);
            if (position >= length || body[position] != ',') {
                return position;
            }
            position++;
        }
    }

    /** Whether the field at the offset has the name of a column; names with escapes are not recognized. */
    private boolean isNameOf(int column, int position) {
        int offset = points.columnNameOffset(column);
        int nameLength = points.columnNameLength(column);
        int end = position + nameLength;
        return offset < length
                && end < length
                && body[end] == '='
                && Arrays.equals(body, offset, offset + nameLength, body, position, end)
                && keys.keyLength() + 4 + nameLength <= MAX_KEY_LENGTH;
    }

    private int parseUnexpectedField(int nameStart) {
        int position = nameStart;
        boolean escaped = false;
        while (position < length) {
            byte b = body[position];
            if (b == '\\') {
                escaped = true;
            } else if (b == '=' || b == ',' || b == ' ' || b == '\n') {
                if (position == nameStart || body[position - 1] != '\\') {
                    break;
                }
            }
            position++;
        }
        if (position >= length || body[position] != '=') {
            throw new MalformedLineException("invalid field format");
        }
        if (position == nameStart) {
            throw new MalformedLineException("missing field key");
        }
        int nameLength = position - nameStart;
        if (keys.keyLength() + 4 + nameLength > MAX_KEY_LENGTH) {
            throw new MalformedLineException(
                    "max key length exceeded: " + (keys.keyLength() + 4 + nameLength) + " > " + MAX_KEY_LENGTH);
        }
        int nameOffset = nameStart;
        if (escaped) {
            nameOffset = points.arenaSize();
            nameLength = keys.appendUnescaped(nameStart, position);
        }
        return parseValue(nameOffset, nameLength, position + 1);
    }

    private int parseValue(int nameOffset, int nameLength, int start) {
        if (start >= length) {
            throw new MalformedLineException("missing field value");
        }
        byte first = body[start];
        if (first == '"') {
            return parseString(nameOffset, nameLength, start);
        }
        int end = parsePlainNumber(nameOffset, nameLength, start);
        if (end > 0) {
            return end;
        }
        end = start;
        while (end < length && body[end] != ',' && body[end] != ' ' && body[end] != '\n') {
            end++;
        }
        if (end == start) {
            throw new MalformedLineException("missing field value");
        }
        if ((first >= '0' && first <= '9') || first == '.' || first == '-' || first == 'N' || first == 'n') {
            if (body[end - 1] == 'i') {
                points.addField(nameOffset, nameLength, FieldType.INTEGER, Numbers.parseInteger(body, start, end - 1));
            } else {
                double value = Numbers.parseFloat(body, start, end);
                points.addField(nameOffset, nameLength, FieldType.FLOAT, Double.doubleToRawLongBits(value));
            }
        } else {
            points.addField(nameOffset, nameLength, FieldType.BOOLEAN, parseBoolean(start, end) ? 1 : 0);
        }
        return end;
    }

    /** Reads a short number without an exponent, which most are; 0 when it is something else, or malformed. */
    private int parsePlainNumber(int nameOffset, int nameLength, int start) {
        boolean negative = body[start] == '-';
        int i = negative ? start + 1 : start;
        int first = i;
        long value = 0;
        for (int digit; i < length && (digit = body[i] - '0') >= 0 && digit <= 9; i++) {
            value = value * 10 + digit;
        }
        if (i == first || i - first > MAX_PLAIN_DIGITS || i == length) {
            return 0;
        }
        if (body[i] == 'i' && isValueEnd(i + 1)) {
            points.addField(nameOffset, nameLength, FieldType.INTEGER, negative ? -value : value);
            return i + 1;
        }
        int point = i;
        if (body[i] == '.') {
            i++;
            for (int digit; i < length && (digit = body[i] - '0') >= 0 && digit <= 9; i++) {
                value = value * 10 + digit;
            }
        }
        int scale = Math.max(0, i - point - 1);
        if (i - first > MAX_PLAIN_DIGITS || !isValueEnd(i) || !Numbers.isExact(value, scale)) {
            return 0;
        }
        double number = Numbers.exact(value, scale);
        points.addField(
                nameOffset, nameLength, FieldType.FLOAT, Double.doubleToRawLongBits(negative ? -number : number));
        return i;
    }

    private boolean isValueEnd(int position) {
        return position >= length || body[position] == ',' || body[position] == ' ' || body[position] == '\n';
    }

    private int parseString(int nameOffset, int nameLength, int start) {
        int end = start + 1;
        boolean escaped = false;
        while (end < length && body[end] != '"') {
            if (body[end] == '\\' && end + 1 < length && (body[end + 1] == '"' || body[end + 1] == '\\')) {
                escaped = true;
                end++;
            }
            end++;
        }
        if (end >= length) {
            throw new MalformedLineException("unbalanced quotes");
        }
        int next = end + 1;
        if (next < length && body[next] != ',' && body[next] != ' ' && body[next] != '\n') {
            throw new MalformedLineException(endsQuoted(next) ? "unbalanced quotes" : "invalid field format");
        }
        int valueLength = end - start - 1;
        if (valueLength > MAX_STRING_LENGTH) {
            throw new MalformedLineException("input field \"" + points.text(nameOffset, nameLength)
                    + "\" on measurement \"" + keys.measurement() + "\" is too long, " + valueLength + " > "
                    + MAX_STRING_LENGTH);
        }
        if (!escaped) {
            points.addStringField(nameOffset, nameLength, start + 1, valueLength);
            return next;
        }
        int valueOffset = points.arenaSize();
        for (int i = start + 1; i < end; i++) {
            if (body[i] == '\\' && (body[i + 1] == '"' || body[i + 1] == '\\')) {
                i++;
            }
            points.appendByte(body[i]);
        }
        points.addStringField(nameOffset, nameLength, valueOffset, points.arenaSize() - valueOffset);
        return next;
    }

    /** Whether what follows the quotes of a string opens quotes that are never closed. */
    private boolean endsQuoted(int start) {
        boolean quoted = false;
        for (int i = start; i < length && (quoted || body[i] != '\n'); i++) {
            if (body[i] == '\\') {
                i++;
            } else if (body[i] == '"') {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    private boolean parseBoolean(int start, int end) {
        String text = new String(body, start, Math.min(end - start, 6), StandardCharsets.ISO_8859_1);
        return switch (text) {
            case "t", "T", "true", "True", "TRUE" -> true;
            case "f", "F", "false", "False", "FALSE" -> false;
            default -> throw new MalformedLineException("invalid boolean");
        };
    }

    private int timestampEnd(int start) {
        int end = start;
        while (end < length && body[end] != ' ' && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private long parseTimestamp(int start, int end) {
        int digits = body[start] == '-' ? start + 1 : start;
        long value = 0;
        boolean overflow = false;
        int safe = Math.min(end, digits + MAX_PLAIN_DIGITS);
        for (int i = digits; i < safe; i++) {
            int digit = body[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedLineException("bad timestamp");
            }
            value = value * 10 + digit;
        }
        for (int i = safe; i < end; i++) {
            int digit = body[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedLineException("bad timestamp");
            }
            // Long.MIN_VALUE is a number, only out of the range of times: it wraps around and is refused below.
            overflow |= value > (Long.MAX_VALUE - digit) / 10
                    && !(digits > start && i == end - 1 && value * 10 + digit == Long.MIN_VALUE);
            value = value * 10 + digit;
        }
        if (digits == end || overflow) {
            String text = new String(body, start, end - start, StandardCharsets.ISO_8859_1);
            throw new MalformedLineException("strconv.ParseInt: parsing \"" + text + "\": "
                    + (digits == end ? "invalid syntax" : "value out of range"));
        }
        long high = Math.multiplyHigh(value, precision.nanos());
        long nanos = value * precision.nanos();
        if (high != 0 || nanos < 0 || nanos > TimeRange.MAX_TIMESTAMP) {
            throw new MalformedLineException(
                    "time outside range " + TimeRange.MIN_TIMESTAMP + " - " + TimeRange.MAX_TIMESTAMP);
        }
        return digits == start ? nanos : -nanos;
    }

    /**
     * Where a line ends that could not be parsed: at the first line feed that is neither in a quoted field value nor
     * behind a backslash.
     */
    private int lineEnd(int start) {
        boolean fields = false;
        boolean quoted = false;
        int equals = 0;
        int commas = 0;
        for (int i = start; i < length; i++) {
            byte b = body[i];
            if (b == '\\') {
                i++;
            } else if (b == '\n' && !quoted) {
                return i;
            } else if (b == ' ') {
                fields = true;
            } else if (fields && b == '"' && equals > commas) {
                quoted = !quoted;
            } else if (fields && !quoted && b == '=') {
                equals++;
            } else if (fields && !quoted && b == ',') {
                commas++;
            }
        }
        // The line feed that ends the body belongs to no line, not even to an open string.
        return length > start && body[length - 1] == '\n' ? length - 1 : length;
    }
}
