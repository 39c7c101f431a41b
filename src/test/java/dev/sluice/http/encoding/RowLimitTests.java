package dev.sluice.http.encoding;

import static dev.sluice.http.encoding.Results.batch;
import static dev.sluice.http.encoding.Results.header;
import static dev.sluice.http.encoding.Results.longs;
import static dev.sluice.http.encoding.Results.statement;
import static dev.sluice.http.encoding.Results.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Cases as influxd 1.6.7 answered them with {@code max-row-limit = 3}. */
class RowLimitTests {

    private static final EncodingOptions THREE =
            new EncodingOptions(ResponseFormat.JSON, false, null, false, 0, List.of(), 3);

    @Test
    void encodeWhenFewerRowsThenAll() {
        assertThat(text(THREE, statements(2, 1))).isEqualTo(document(result(0, "[[0],[1]]"), result(1, "[[0]]")));
    }

    @Test
    void encodeWhenExactlyAsManyThenNoMarkAndNothingBehind() {
        assertThat(text(THREE, statements(3, 1))).isEqualTo(document(result(0, "[[0],[1],[2]]")));
    }

    @Test
    void encodeWhenMoreRowsThenSeriesIsMarkedAndNothingBehind() {
        assertThat(text(THREE, statements(4, 1))).isEqualTo(document(result(0, "[[0],[1],[2]],\"partial\":true")));
        assertThat(text(THREE, statements(2, 2)))
                .isEqualTo(document(result(0, "[[0],[1]]"), result(1, "[[0]],\"partial\":true")));
    }

    @Test
    void encodeWhenRowsComeOneByOneThenTheSame() {
        assertThat(text(
                        THREE,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "v"));
                            for (int i = 0; i < 5; i++) {
                                encoder.rows(batch(longs(i)));
                            }
                            encoder.series(header("n", Map.of(), "v"));
                        })))
                .isEqualTo(document(result(0, "[[0],[1],[2]],\"partial\":true")));
    }

    @Test
    void encodeWhenSeriesEndsAtTheLimitThenNextSeriesIsLeftOut() {
        assertThat(text(
                        THREE,
                        encoder -> statement(encoder, 0, () -> {
                            encoder.series(header("m", Map.of(), "v"));
                            encoder.rows(batch(longs(0, 1, 2)));
                            encoder.series(header("n", Map.of(), "v"));
                            encoder.rows(batch(longs(3)));
                        })))
                .isEqualTo(document(result(0, "[[0],[1],[2]]")));
    }

    @Test
    void encodeWhenFullThenSaysSoAndIgnoresTheRest() {
        ResultEncoder encoder = ResultEncoder.create(THREE, new AnswerStream(new ByteArrayOutputStream()));
        encoder.beginStatement(0);
        encoder.series(header("m", Map.of(), "v"));
        encoder.rows(batch(longs(0, 1, 2)));
        assertThat(encoder.isFull()).isFalse();
        encoder.rows(batch(longs(3)));
        assertThat(encoder.isFull()).isTrue();
        encoder.error("query aborted");
        encoder.endStatement();
        encoder.finish();
    }

    @Test
    void encodeWhenChunkedThenNoLimit() {
        EncodingOptions chunked = new EncodingOptions(ResponseFormat.JSON, false, null, false, 100, List.of(), 3);
        assertThat(text(chunked, statements(4))).isEqualTo(document(result(0, "[[0],[1],[2],[3]]")));
    }

    private static Consumer<ResultEncoder> statements(int... rows) {
        return encoder -> {
            for (int id = 0; id < rows.length; id++) {
                long[] values = new long[rows[id]];
                for (int i = 0; i < values.length; i++) {
                    values[i] = i;
                }
                statement(encoder, id, () -> {
                    encoder.series(header("m", Map.of(), "v"));
                    encoder.rows(batch(longs(values)));
                });
            }
        };
    }

    private static String document(String... results) {
        return "{\"results\":[" + String.join(",", results) + "]}\n";
    }

    private static String result(int id, String values) {
        return "{\"statement_id\":" + id + ",\"series\":[{\"name\":\"m\",\"columns\":[\"v\"],\"values\":" + values
                + "}]}";
    }
}
