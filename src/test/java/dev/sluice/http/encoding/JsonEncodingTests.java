package dev.sluice.http.encoding;

import static dev.sluice.http.encoding.Results.batch;
import static dev.sluice.http.encoding.Results.booleans;
import static dev.sluice.http.encoding.Results.doubles;
import static dev.sluice.http.encoding.Results.header;
import static dev.sluice.http.encoding.Results.longs;
import static dev.sluice.http.encoding.Results.longsOrNulls;
import static dev.sluice.http.encoding.Results.seconds;
import static dev.sluice.http.encoding.Results.statement;
import static dev.sluice.http.encoding.Results.strings;
import static dev.sluice.http.encoding.Results.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringListColumn;
import dev.sluice.model.Precision;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEncodingTests {

    private static final EncodingOptions PLAIN = EncodingOptions.of(ResponseFormat.JSON);

    @Test
    void encodeWhenNoStatementsThenEmptyObject() {
        assertThat(text(PLAIN, encoder -> {})).isEqualTo("{}\n");
        assertThat(text(pretty(), encoder -> {})).isEqualTo("{}\n");
        assertThat(text(chunked(10), encoder -> {})).isEmpty();
    }

    @Test
    void encodeWhenNoSeriesThenIdOnly() {
        assertThat(text(PLAIN, encoder -> {
                    statement(encoder, 0, () -> {});
                    statement(encoder, 1, () -> {});
                }))
                .isEqualTo("{\"results\":[{\"statement_id\":0},{\"statement_id\":1}]}\n");
    }

    @Test
    void encodeWhenSeriesWithoutRowsThenNoValues() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(
                                encoder,
                                0,
                                () -> encoder.series(SeriesHeader.plain("", List.of("database", "privilege"))))))
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"columns\":[\"database\",\"privilege\"]}]}]}\n");
    }

    @Test
    void encodeWhenAllTypesThenEachInItsForm() {
        BitSet unsigned = new BitSet();
        unsigned.set(2);
        SeriesHeader header = new SeriesHeader(
                "m<",
                Map.of("h\"", "a&"),
                List.of("time", "i", "u", "f", "b", "s", "l"),
                true,
                unsigned,
                ZoneId.of("Z"));
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header);
                            encoder.rows(batch(
                                    seconds(0, 1),
                                    longsOrNulls(-1L, null),
                                    longs(-1, 1),
                                    doubles(1.5, Double.NaN),
                                    booleans(true, false),
                                    strings("x", null),
                                    new StringListColumn(List.of(List.of("a", "b"), List.of()))));
                        })))
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\\u003c\","
                        + "\"tags\":{\"h\\\"\":\"a\\u0026\"},"
                        + "\"columns\":[\"time\",\"i\",\"u\",\"f\",\"b\",\"s\",\"l\"],\"values\":["
                        + "[\"1970-01-01T00:00:00Z\",-1,18446744073709551615,1.5,true,\"x\",[\"a\",\"b\"]],"
                        + "[\"1970-01-01T00:00:01Z\",null,1,null,false,null,[]]]}]}]}\n");
    }

    @Test
    void encodeWhenEpochThenNumbersAndOnlyInTheFirstColumn() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.JSON, false, Precision.MILLISECONDS, false, 0, List.of(), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "time", "v"));
                            encoder.rows(batch(seconds(1), seconds(1)));
                        })))
                .contains("[[1000,1000000000]]");
    }

    @Test
    void encodeWhenTimeFormatIsTextThenEpochIsWithoutEffect() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.JSON, false, Precision.SECONDS, true, 0, List.of(), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "time"));
                            encoder.rows(batch(seconds(1)));
                        })))
                .contains("[[\"1970-01-01T00:00:01Z\"]]");
    }

    @Test
    void encodeWhenBatchesAndSeriesFollowEachOtherThenOneListEach() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 3, () -> {
                            encoder.series(header("m", Map.of("h", "a"), "time", "v"));
                            encoder.rows(batch(seconds(0), longs(1)));
                            encoder.rows(batch(seconds(), longs()));
                            encoder.rows(batch(seconds(1), longs(2)));
                            encoder.series(header("m", Map.of("h", "b"), "time", "v"));
                            encoder.rows(batch(seconds(0), longs(3)));
                        })))
                .isEqualTo("{\"results\":[{\"statement_id\":3,\"series\":["
                        + "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"columns\":[\"time\",\"v\"],"
                        + "\"values\":[[\"1970-01-01T00:00:00Z\",1],[\"1970-01-01T00:00:01Z\",2]]},"
                        + "{\"name\":\"m\",\"tags\":{\"h\":\"b\"},\"columns\":[\"time\",\"v\"],"
                        + "\"values\":[[\"1970-01-01T00:00:00Z\",3]]}]}]}\n");
    }

    @Test
    void encodeWhenMessagesThenBehindSeries() {
        assertThat(text(
                        PLAIN,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.message("warning", "a");
                            encoder.series(header("m", Map.of(), "v"));
                            encoder.message("warning", "b");
                        })))
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\",\"columns\":[\"v\"]}],"
                                + "\"messages\":[{\"level\":\"warning\",\"text\":\"a\"},{\"level\":\"warning\",\"text\":\"b\"}]}]}\n");
    }

    @Test
    void encodeWhenErrorBehindFewRowsThenErrorAlone() {
        assertThat(text(PLAIN, encoder -> {
                    statement(encoder, 0, () -> {
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.rows(batch(longs(1)));
                    });
                    statement(encoder, 1, () -> {
                        encoder.message("warning", "a");
                        encoder.series(header("m", Map.of(), "v"));
                        encoder.rows(batch(longs(1)));
                        encoder.error("timeout");
                    });
                    statement(encoder, 2, () -> encoder.error("not executed"));
                }))
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\",\"columns\":[\"v\"],\"values\":[[1]]}]},"
                                + "{\"statement_id\":1,\"error\":\"timeout\"},{\"statement_id\":2,\"error\":\"not executed\"}]}\n");
    }

    @Test
    void encodeWhenErrorBehindManyRowsThenBoth() {
        String answer = text(
                PLAIN,
                encoder -> statement(encoder, 0, () -> {
                    encoder.series(header("m", Map.of(), "v"));
                    encoder.rows(batch(longs(new long[100_000])));
                    encoder.error("timeout");
                }));
        assertThat(answer)
                .startsWith("{\"results\":[{\"statement_id\":0,\"series\":[")
                .endsWith(",[0]]}],\"error\":\"timeout\"}]}\n");
    }

    @Test
    void encodeWhenPrettyThenIndentedAsGoDoes() {
        String answer = text(
                pretty(),
                encoder -> statement(encoder, 0, () -> {
                    encoder.series(header("m", Map.of("h", "a"), "time", "l"));
                    encoder.rows(batch(seconds(0, 1), new StringListColumn(List.of(List.of("x"), List.of()))));
                    encoder.message("warning", "w");
                }));
        assertThat(answer).isEqualTo("""
                {
                    "results": [
                        {
                            "statement_id": 0,
                            "series": [
                                {
                                    "name": "m",
                                    "tags": {
                                        "h": "a"
                                    },
                                    "columns": [
                                        "time",
                                        "l"
                                    ],
                                    "values": [
                                        [
                                            "1970-01-01T00:00:00Z",
                                            [
                                                "x"
                                            ]
                                        ],
                                        [
                                            "1970-01-01T00:00:01Z",
                                            []
                                        ]
                                    ]
                                }
                            ],
                            "messages": [
                                {
                                    "level": "warning",
                                    "text": "w"
                                }
                            ]
                        }
                    ]
                }
                """);
    }

    @Test
    void encodeWhenChunkedByRowsThenDocumentsMarkedWhileMoreFollows() {
        assertThat(text(
                        chunked(2),
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of("h", "a"), "v"));
                            encoder.rows(batch(longs(1, 2, 3)));
                            encoder.series(header("m", Map.of("h", "b"), "v"));
                            encoder.rows(batch(longs(4)));
                            encoder.rows(batch(longs(5)));
                        })))
                .isEqualTo(chunk("a", "[[1],[2]],\"partial\":true}],\"partial\":true")
                        + chunk("a", "[[3]]}],\"partial\":true")
                        + chunk("b", "[[4],[5]]}]"));
    }

    @Test
    void encodeWhenChunkedBySeriesThenDocumentEachWithoutMarks() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.JSON, false, null, false, 1, List.of(Chunking.SERIES), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of("h", "a"), "v"));
                            encoder.rows(batch(longs(1, 2)));
                            encoder.series(header("m", Map.of("h", "b"), "v"));
                            encoder.rows(batch(longs(3)));
                        })))
                .isEqualTo(chunk("a", "[[1],[2]]}]") + chunk("b", "[[3]]}]"));
    }

    @Test
    void encodeWhenStatementIsNotDividedThenOneDocument() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.JSON, false, null, false, 1, List.of(Chunking.WHOLE), 0);
        assertThat(text(
                        options,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("a", Map.of(), "v"));
                            encoder.rows(batch(longs(1, 2)));
                            encoder.message("warning", "w");
                            encoder.series(header("b", Map.of(), "v"));
                        })))
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"a\",\"columns\":[\"v\"],"
                        + "\"values\":[[1],[2]]},{\"name\":\"b\",\"columns\":[\"v\"]}],"
                        + "\"messages\":[{\"level\":\"warning\",\"text\":\"w\"}]}]}\n");
    }

    @Test
    void encodeWhenChunkedWithErrorsAndEmptyResultsThenDocumentsOfTheirOwn() {
        assertThat(text(chunked(2), encoder -> {
                    statement(encoder, 0, () -> encoder.message("warning", "w"));
                    statement(encoder, 1, () -> {
                        encoder.series(header("m", Map.of("h", "a"), "v"));
                        encoder.rows(batch(longs(1)));
                        encoder.error("query interrupted");
                    });
                    statement(encoder, 2, () -> encoder.error("not executed"));
                    statement(encoder, 3, () -> {});
                }))
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"messages\":[{\"level\":\"warning\",\"text\":\"w\"}]}]}\n"
                                + chunk("a", "[[1]]}],\"partial\":true").replace(":0,", ":1,")
                                + "{\"results\":[{\"statement_id\":1,\"error\":\"query interrupted\"}]}\n"
                                + "{\"results\":[{\"statement_id\":2,\"error\":\"not executed\"}]}\n"
                                + "{\"results\":[{\"statement_id\":3}]}\n");
    }

    private static String chunk(String host, String rest) {
        return "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\",\"tags\":{\"h\":\"" + host
                + "\"},\"columns\":[\"v\"],\"values\":" + rest + "}]}\n";
    }

    private static EncodingOptions pretty() {
        return new EncodingOptions(ResponseFormat.JSON, true, null, false, 0, List.of(), 0);
    }

    private static EncodingOptions chunked(int size) {
        return new EncodingOptions(ResponseFormat.JSON, false, null, false, size, List.of(), 0);
    }
}
