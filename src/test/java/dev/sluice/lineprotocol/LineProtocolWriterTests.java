package dev.sluice.lineprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineProtocolWriterTests {

    private static PointBatch parse(String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        ParsedLines parsed = LineProtocolParser.parse(
                body, body.length, Precision.NANOSECONDS, 7, new PointBatch(body, body.length));
        assertThat(parsed.failures()).isNull();
        return parsed.points();
    }

    private static String write(PointBatch points) {
        return new String(LineProtocolWriter.write(points).bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu value=1.5 10",
                "cpu,host=a,region=us\\ west value=-3i,ok=true,s=\"x \\\"y\\\" \\\\ z\" -10",
                "m\\,\\ n,k\\=1=v\\,2 f\\ i\\=e\\,ld=false 1",
                "cpu s=\"two\nlines\",v=1.0E300 1",
                "größe,straße=zürich wert=\"µ\" 1"
            })
    void writeWhenReadAgainThenTheSame(String line) {
        String written = write(parse(line));
        assertThat(write(parse(written))).isEqualTo(written);
        assertThat(written).isEqualTo(line + "\n");
    }

    @Test
    void writeWhenSeveralPointsThenTellsWhereEachEnds() {
        PointLines lines = LineProtocolWriter.write(parse("a v=\"x\ny\" 1\nb v=2i 2\nc v=3i"));
        assertThat(lines.count()).isEqualTo(3);
        assertThat(new String(
                        lines.bytes(), lines.ends()[0], lines.ends()[1] - lines.ends()[0], StandardCharsets.UTF_8))
                .isEqualTo("b v=2i 2\n");
        assertThat(new String(lines.bytes(), StandardCharsets.UTF_8)).endsWith("c v=3i 7\n");
    }

    @Test
    void writeWhenFieldsAreHiddenThenLeavesThemOut() {
        PointBatch points = parse("a v=1i,w=2i 1\nb v=1i 2");
        points.hideColumn(points.columnStart(points.layout(0)));
        points.hideColumn(points.columnStart(points.layout(1)));
        assertThat(write(points)).isEqualTo("a w=2i 1\n");
    }

    @Test
    void writeWhenANameHasALineFeedThenLeavesThePointOut() {
        PointBatch points = new PointBatch();
        for (String value : new String[] {"a\nm v=9 9", "b"}) {
            points.addField("v", FieldType.INTEGER, 1);
            points.endPoint(new SeriesKey("m", TagSet.of(Map.of("host", value))), 1);
        }
        assertThat(write(points)).isEqualTo("m,host=b v=1i 1\n");
    }
}
