package dev.sluice.lineprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineProtocolParserTests {

    private static ParsedLines parse(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return LineProtocolParser.parse(bytes, bytes.length, Precision.NANOSECONDS, 77);
    }

    /** The points of a body as text: key, fields with their types, time. */
    private static String points(String body) {
        ParsedLines lines = parse(body);
        assertThat(lines.failures()).isNull();
        return text(lines.points());
    }

    private static String text(PointBatch points) {
        StringBuilder text = new StringBuilder();
        for (int point = 0; point < points.pointCount(); point++) {
            int key = points.key(point);
            text.append(point == 0 ? "" : "|").append(points.text(points.keyOffset(key), points.keyLength(key)));
            int start = points.columnStart(points.layout(point));
            for (int column = start; column < points.columnEnd(points.layout(point)); column++) {
                text.append(' ')
                        .append(points.text(points.columnNameOffset(column), points.columnNameLength(column)))
                        .append('=')
                        .append(value(points, column, points.fieldBits(points.fieldStart(point) + column - start)));
            }
            text.append(" @").append(points.timestampNanos(point));
        }
        return text.toString();
    }

    private static String value(PointBatch points, int column, long bits) {
        return switch (FieldType.ofCode(points.columnTypeCode(column))) {
            case FLOAT -> "f" + Double.longBitsToDouble(bits);
            case INTEGER -> "i" + bits;
            case UNSIGNED -> "u" + bits;
            case BOOLEAN -> "b" + bits;
            case STRING -> "s" + points.text(PointBatch.stringOffset(bits), PointBatch.stringLength(bits));
        };
    }

    private static String failure(String line) {
        ParsedLines lines = parse(line);
        assertThat(lines.points().pointCount()).isZero();
        return lines.failures();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "cpu | missing fields",
                "cpu,a=b | missing fields",
                "cpu v | invalid field format",
                "cpu v=1, | invalid field format",
                "cpu v=1,,g=2 | invalid field format",
                "cpu v=1, g=2 | invalid field format",
                "cpu v = 1 | invalid field format",
                "bad line here | invalid field format",
                "z1 ,a=1 | invalid field format",
                "cpu v= | missing field value",
                "cpu a=1,b= 1 | missing field value",
                "cpu =1 | missing field key",
                ",host=a v=1 | missing measurement",
                "cpu,host v=1 | missing tag value",
                "cpu,host= v=1 | missing tag value",
                "cpu,=a v=1 | missing tag key",
                "cpu,host=a, v=1 | missing tag key",
                "cpu,,host=a v=1 | missing tag key",
                "cpu, v=1 | missing tag key",
                "cpu,host=a=b v=1 | invalid tag format",
                "cpu,host=a,host=b v=1 | duplicate tags",
                "m a==1 | invalid boolean",
                "m a=b=1 | invalid boolean",
                "m v=+1 | invalid boolean",
                "m v=inf | invalid boolean",
                "m v=i | invalid boolean",
                "m v=tRue | invalid boolean",
                "m v=truex | invalid boolean",
                "m v=- | invalid number",
                "m v=. | invalid number",
                "m v=--1 | invalid number",
                "m v=1.2.3 | invalid number",
                "m v=0x10 | invalid number",
                "m v=NaN | invalid number",
                "m v=-Inf | invalid number",
                "m v=1u | invalid number",
                "m v=1.0i | invalid number",
                "m v=1ii | invalid number",
                "m v=-i | invalid number",
                "m v=1e | invalid float",
                "m v=1e400 | invalid float",
                "m v=1 abc | bad timestamp",
                "m v=1 1.5 | bad timestamp",
                "m v=1 +5 | bad timestamp",
                "m v=1 5 6 | point is invalid",
                "m v=1 10 # c | point is invalid",
                "m v=1 #c | bad timestamp"
            })
    void parseWhenMalformedThenReason(String line, String reason) {
        assertThat(failure(line)).isEqualTo("unable to parse '" + line + "': " + reason);
    }

    @Test
    void parseWhenNumbersAreOutOfRangeThenGoText() {
        assertThat(failure("m v=9223372036854775808i"))
                .endsWith("unable to parse integer 9223372036854775808: strconv.ParseInt: parsing"
                        + " \"9223372036854775808\": value out of range");
        assertThat(failure("m v=1 9223372036854775808"))
                .endsWith("strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
        assertThat(failure("m v=1 9223372036854775807"))
                .endsWith("time outside range -9223372036854775806 - 9223372036854775806");
        assertThat(failure("m v=1 -")).endsWith("strconv.ParseInt: parsing \"-\": invalid syntax");
        assertThat(points("m v=1 -9223372036854775806|".replace("|", ""))).isEqualTo("m v=f1.0 @-9223372036854775806");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|1.0",
                "1.|1.0",
                ".5|0.5",
                "-.5|-0.5",
                "-0|-0.0",
                "00012|12.0",
                "1e10|1.0E10",
                "1E10|1.0E10",
                "1e+10|1.0E10",
                "1.5e-3|0.0015",
                "4.9e-324|4.9E-324",
                "1e-400|0.0",
                "0.1|0.1",
                "123456789012345678901234567890|1.2345678901234568E29",
                "9007199254740993|9.007199254740992E15",
                "0.30000000000000004|0.30000000000000004"
            })
    void parseWhenFloatThenNearestDouble(String literal, String value) {
        assertThat(points("m v=" + literal)).isEqualTo("m v=f" + value + " @77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "T", "true", "True", "TRUE"})
    void parseWhenTrueThenTrue(String literal) {
        assertThat(points("m v=" + literal)).isEqualTo("m v=b1 @77");
    }

    @Test
    void parseWhenIntegersThenWholeRange() {
        assertThat(points("m a=-1i,b=0i,c=007i,d=-9223372036854775808i,e=9223372036854775807i"))
                .isEqualTo("m a=i-1 b=i0 c=i7 d=i-9223372036854775808 e=i9223372036854775807 @77");
    }

    @Test
    void parseWhenTagsAreOutOfOrderOrEscapedThenKeyIsCanonical() {
        assertThat(points("d,z=1,a1=2 v=1")).startsWith("d,a1=2,z=1 ");
        assertThat(points("es\\,c,t\\,k=v\\,v v=1")).startsWith("es\\,c,t\\,k=v\\,v ");
        assertThat(points("esc\\=7 v=1")).startsWith("esc=7 ");
        assertThat(points("esc\\ aped,t\\ k=v\\ v f\\ k=1")).isEqualTo("esc\\ aped,t\\ k=v\\ v f k=f1.0 @77");
        assertThat(points("m,t=a\\b v=1")).startsWith("m,t=a\\b ");
        assertThat(points("m a\\=b=1")).isEqualTo("m a=b=f1.0 @77");
        assertThat(failure("esc5,t=a\\ f=1 5")).endsWith("invalid tag format");
    }

    @Test
    void parseWhenStringsThenOnlyQuotesAndBackslashesAreUnescaped() {
        assertThat(points("m s=\"a\\\"b\\\\c\\nd\",t=\"\" 5")).isEqualTo("m s=sa\"b\\c\\nd t=s @5");
        assertThat(points("m s=\"line\nline, = x\" 5")).isEqualTo("m s=sline\nline, = x @5");
        assertThat(failure("z1 q=\"unclosed\nz1 q=\"c\" 7")).endsWith("unbalanced quotes");
    }

    @Test
    void parseWhenSomeLinesAreMalformedThenOthersStand() {
        ParsedLines lines = parse("a v=1 1\nbad\n# comment\n\n  b v=2 2 \nc v=x 3\nd v=4 4");
        assertThat(text(lines.points())).isEqualTo("a v=f1.0 @1|b v=f2.0 @2|d v=f4.0 @4");
        assertThat(lines.failures())
                .isEqualTo("unable to parse 'bad': missing fields\nunable to parse 'c v=x 3': invalid boolean");
    }

    @Test
    void parseWhenPrecisionThenTimesAreScaled() {
        byte[] body = "m v=1 2\nm v=2".getBytes(StandardCharsets.UTF_8);
        PointBatch points = LineProtocolParser.parse(body, body.length, Precision.SECONDS, 5_600_000_000L)
                .points();
        assertThat(points.timestampNanos(0)).isEqualTo(2_000_000_000L);
        assertThat(points.timestampNanos(1)).isEqualTo(5_000_000_000L);
    }

    @Test
    void parseWhenRandomBytesThenNeverThrows() {
        String alphabet = "ab,= \\\"\n#0123456789.eit-\tµ";
        int failures = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                body.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            failures += parse(body.toString()).failures() == null ? 0 : 1;
        }
        assertThat(failures).as("bodies with malformed lines").isBetween(1, 3_000);
    }

    /** What a body's earlier lines have shown must not change how later ones are read. */
    @Test
    void parseWhenLinesRepeatPartsOfOthersThenEachIsReadAsIfAlone() {
        String[] keys = {
            "cpu,host=a,b=c", "cpu,b=c,host=a", "cpu", "cpu,host=b\\ ", "m\\,x,h=1", "cpu,host=abcdefgh", "cpu,h=", "c"
        };
        String[] fields = {
            "v=1",
            "v=1i",
            "v=-1,w=2",
            "w=2,v=3",
            "v=t",
            "v=\"s,=\"",
            "v=0.1,w=2",
            "v=",
            "v=1e3,w=\"\\\"\"",
            "vv=1,v=5i",
            "v\\,=1",
            "v\\,=1,w=2",
            "v=12345678901234567890",
            "v=-0",
            "v=1.",
            "v=.5,w=-9223372036854775808i"
        };
        String[] ends = {"", " 5", " 9223372036854775806", " 99999999999999999999", " -7", " 5x"};
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder body = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            StringBuilder failures = new StringBuilder();
            for (int line = 0; line < 40; line++) {
                String text = keys[random.nextInt(keys.length)] + " " + fields[random.nextInt(fields.length)]
                        + ends[random.nextInt(ends.length)];
                body.append(text).append('\n');
                ParsedLines alone = parse(text + "\n");
                if (alone.failures() == null) {
                    expected.append(expected.isEmpty() ? "" : "|").append(text(alone.points()));
                } else {
                    failures.append(failures.isEmpty() ? "" : "\n").append(alone.failures());
                }
            }
            ParsedLines together = parse(body.toString());
            assertThat(text(together.points())).isEqualTo(expected.toString());
            assertThat(together.failures()).isEqualTo(failures.isEmpty() ? null : failures.toString());
        }
    }

    @Test
    void parseWhenManySeriesThenEachKeepsItsTags() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 6000; i++) {
            body.append("cpu,zone=z")
                    .append(i % 7)
                    .append(",host=h")
                    .append(i % 3000)
                    .append(" v=")
                    .append(i)
                    .append("i\n");
        }
        PointBatch points = parse(body.toString()).points();
        assertThat(points.pointCount()).isEqualTo(6000);
        assertThat(points.layoutCount()).isEqualTo(1);
        for (int i = 0; i < 6000; i++) {
            int key = points.key(i);
            assertThat(points.text(points.keyOffset(key), points.keyLength(key)))
                    .isEqualTo("cpu,host=h" + i % 3000 + ",zone=z" + i % 7);
        }
    }
}
