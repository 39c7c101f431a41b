package dev.sluice.http.encoding;

import static dev.sluice.http.encoding.Results.batch;
import static dev.sluice.http.encoding.Results.booleans;
import static dev.sluice.http.encoding.Results.doubles;
import static dev.sluice.http.encoding.Results.header;
import static dev.sluice.http.encoding.Results.longs;
import static dev.sluice.http.encoding.Results.seconds;
import static dev.sluice.http.encoding.Results.statement;
import static dev.sluice.http.encoding.Results.strings;
import static dev.sluice.http.encoding.Results.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringListColumn;
import dev.sluice.model.Precision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CsvEncodingTests {

    private static final EncodingOptions PLAIN = EncodingOptions.of(ResponseFormat.CSV);

    @Test
    void encodeWhenRowsThenNanosecondsAndPlainDecimals() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of("h", "a"), "time", "f", "s", "b"));
                            encoder.rows(batch(
                                    seconds(0, 1, 2),
                                    doubles(1.5, 1e21, Double.POSITIVE_INFINITY),
                                    strings("a,b", null, "q\"q"),
                                    booleans(true, false, true)));
                        })))
                .isEqualTo("""
                        name,tags,time,f,s,b
                        m,h=a,0,1.5,"a,b",true
                        m,h=a,1000000000,1000000000000000000000,,false
                        m,h=a,2000000000,+Inf,"q""q",true
                        """);
    }

    @Test
    void encodeWhenFieldsAreOddThenQuotedAsGoDoes() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("", new TreeMap<>(Map.of("a", "", "b", "y z,k")), "c,d"));
                            encoder.rows(
                                    batch(strings(" lead", "\\.", "a\r", "a\nb", "", "trail ", "\u00a0x", "-", "\tx")));
                        })))
                .isEqualTo("name,tags,\"c,d\"\n"
                        + ",\"b=y\\ z\\,k\",\" lead\"\n"
                        + ",\"b=y\\ z\\,k\",\"\\.\"\n"
                        + ",\"b=y\\ z\\,k\",\"a\r\"\n"
                        + ",\"b=y\\ z\\,k\",\"a\nb\"\n"
                        + ",\"b=y\\ z\\,k\",\n"
                        + ",\"b=y\\ z\\,k\",trail \n"
                        + ",\"b=y\\ z\\,k\",\"\u00a0x\"\n"
                        + ",\"b=y\\ z\\,k\",-\n"
                        + ",\"b=y\\ z\\,k\",\"\tx\"\n");
    }

    @Test
    void encodeWhenSeveralStatementsThenHeaderForEachThatHasSeries() {
        assertThat(text(PLAIN, encoder -> {
                    statement(encoder, 0, () -> {
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.rows(batch(longs(1)));
                        encoder.series(header("n", Map.of(), "v"));
                        encoder.rows(batch(longs(2)));
                        encoder.series(header("n", Map.of(), "w"));
                        encoder.rows(batch(longs(3)));
                    });
                    statement(encoder, 1, () -> encoder.message("warning", "x"));
                    statement(encoder, 2, () -> encoder.series(SeriesHeader.plain("", List.of("user", "admin"))));
                    statement(encoder, 3, () -> {
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.error("boom");
                    });
                    statement(encoder, 4, () -> {
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.rows(batch(longs(4)));
                    });
                }))
                .isEqualTo(
                        "name,tags,v\nm,,1\nn,,2\n\nname,tags,w\nn,,3\n\nname,tags,user,admin\n\nname,tags,v\nm,,4\n");
    }

    @Test
    void encodeWhenEpochThenThatUnit() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.CSV, false, Precision.SECONDS, false, 0, List.of(), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "time"));
                            encoder.rows(batch(seconds(7)));
                        })))
                .isEqualTo("name,tags,time\nm,,7\n");
    }

    @Test
    void encodeWhenTimeFormatIsTextThenRfc3339() {
        EncodingOptions options = new EncodingOptions(ResponseFormat.CSV, false, null, true, 0, List.of(), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "time"));
                            encoder.rows(batch(seconds(7)));
                        })))
                .isEqualTo("name,tags,time\nm,,1970-01-01T00:00:07Z\n");
    }

    @Test
    void encodeWhenListsThenLeftOut() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "v", "l"));
                            encoder.rows(batch(longs(1), new StringListColumn(List.of(List.of("x")))));
                        })))
                .isEqualTo("name,tags,v,l\nm,,1,\n");
    }

    @Test
    void encodeWhenChunkedThenHeaderOncePerStatement() {
        EncodingOptions options = new EncodingOptions(ResponseFormat.CSV, false, null, false, 1, List.of(), 0);
        assertThat(text(options, encoder -> {
                    statement(encoder, 0, () -> {
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.rows(batch(longs(1, 2)));
                        encoder.series(header("n", Map.of(), "w"));
                        encoder.rows(batch(longs(3)));
                    });
                    statement(encoder, 1, () -> encoder.series(header("m", Map.of(), "v")));
                }))
                .isEqualTo("name,tags,v\nm,,1\nm,,2\nn,,3\n\nname,tags,v\n");
    }
}
