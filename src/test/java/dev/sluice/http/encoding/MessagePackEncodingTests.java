package dev.sluice.http.encoding;

import static dev.sluice.http.encoding.Results.batch;
import static dev.sluice.http.encoding.Results.booleans;
import static dev.sluice.http.encoding.Results.doubles;
import static dev.sluice.http.encoding.Results.encode;
import static dev.sluice.http.encoding.Results.header;
import static dev.sluice.http.encoding.Results.longs;
import static dev.sluice.http.encoding.Results.longsOrNulls;
import static dev.sluice.http.encoding.Results.statement;
import static dev.sluice.http.encoding.Results.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringListColumn;
import dev.sluice.model.Precision;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

class MessagePackEncodingTests {

    private static final EncodingOptions PLAIN = EncodingOptions.of(ResponseFormat.MESSAGE_PACK);

    /** The answer of influxd 1.6.7 to {@code select v from neg} with {@code epoch=ns}. */
    @Test
    void encodeWhenIntegersThenSameBytesAsInfluxDb() {
        EncodingOptions options =
                new EncodingOptions(ResponseFormat.MESSAGE_PACK, false, Precision.NANOSECONDS, false, 0, List.of(), 0);
        assertThat(HexFormat.of()
                        .formatHex(encode(
                                options,
                                encoder -> statement(encoder, 0, () -> {
                                    encoder.series(header("neg", Map.of(), "time", "v"));
                                    encoder.rows(batch(
                                            longs(LongStream.rangeClosed(1, 10).toArray()),
                                            longs(
                                                    -5,
                                                    300,
                                                    -200,
                                                    70000,
                                                    -70000,
                                                    5000000000L,
                                                    -5000000000L,
                                                    200,
                                                    -33,
                                                    127)));
                                }))))
                .isEqualTo("81a7726573756c74739182ac73746174656d656e745f696400a6736572696573"
                        + "9183a46e616d65a36e6567a7636f6c756d6e7392a474696d65a176a676616c7565739a"
                        + "9201fb9202d1012c9203d1ff389204d2000111709205d2fffeee909206d3000000012a05f200"
                        + "9207d3fffffffed5fa0e009208d100c89209d0df920a7f");
    }

    @Test
    void encodeWhenAllTypesThenEachInItsForm() throws IOException {
        BitSet unsigned = new BitSet();
        unsigned.set(2);
        SeriesHeader header = new SeriesHeader(
                "m", Map.of("h", "a"), List.of("time", "i", "u", "f", "b", "s", "l"), true, unsigned, ZoneOffset.UTC);
        byte[] bytes = encode(
                PLAIN,
                encoder -> statement(encoder, 0, () -> {
                    encoder.message("warning", "w");
                    encoder.series(header);
                    encoder.rows(batch(
                            longs(-1),
                            longsOrNulls((Long) null),
                            longs(-1),
                            doubles(1.5),
                            booleans(true),
                            strings("x".repeat(300)),
                            new StringListColumn(List.of(List.of("y")))));
                }));
        assertThat(HexFormat.of().formatHex(bytes)).contains("c70c05ffffffffffffffff3b9ac9ff");
        // The library's JSON of an extension is its type and its signed bytes.
        assertThat(read(bytes).get(0).toJson())
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"messages\":[{\"level\":\"warning\",\"text\":\"w\"}],"
                        + "\"series\":[{\"name\":\"m\",\"tags\":{\"h\":\"a\"},"
                        + "\"columns\":[\"time\",\"i\",\"u\",\"f\",\"b\",\"s\",\"l\"],"
                        + "\"values\":[[[5,\"-1-1-1-1-1-1-1-13b-66-37-1\"],null,18446744073709551615,1.5,true,\""
                        + "x".repeat(300) + "\",[\"y\"]]]}]}]}");
    }

    @Test
    void encodeWhenErrorThenAloneWithoutId() throws IOException {
        assertThat(read(encode(PLAIN, encoder -> {
                            statement(encoder, 0, () -> {});
                            statement(encoder, 1, () -> {
                                encoder.series(header("m", Map.of(), "v"));
                                encoder.rows(batch(longs(1)));
                                encoder.error("boom");
                            });
                        }))
                        .get(0)
                        .toJson())
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"series\":[]},{\"error\":\"boom\"}]}");
    }

    @Test
    void encodeWhenChunkedThenDocumentsFollowEachOther() throws IOException {
        EncodingOptions options = new EncodingOptions(ResponseFormat.MESSAGE_PACK, false, null, false, 2, List.of(), 0);
        List<Value> documents = read(encode(options, encoder -> {
            statement(encoder, 0, () -> {
                encoder.series(header("m", Map.of(), "v"));
                encoder.rows(batch(longs(1, 2, 3)));
            });
            statement(encoder, 1, () -> encoder.error("boom"));
        }));
        assertThat(documents)
                .extracting(Value::toJson)
                .containsExactly(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\",\"columns\":[\"v\"],"
                                + "\"values\":[[1],[2]],\"partial\":true}],\"partial\":true}]}",
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"m\",\"columns\":[\"v\"],"
                                + "\"values\":[[3]]}]}]}",
                        "{\"results\":[{\"error\":\"boom\"}]}");
    }

    @Test
    void encodeWhenLargerThanMemoryThenTheSameThroughAFile() throws IOException {
        int rows = 400_000;
        byte[] bytes = encode(PLAIN, encoder -> {
            statement(encoder, 0, () -> {
                encoder.series(header("m", Map.of(), "v", "f"));
                for (int i = 0; i < 5; i++) {
                    encoder.rows(batch(longs(new long[rows]), doubles(new double[rows])));
                }
                encoder.series(header("n", Map.of(), "v"));
                encoder.rows(batch(longs(7)));
            });
            statement(encoder, 1, () -> {
                encoder.series(header("m", Map.of(), "f"));
                encoder.rows(batch(doubles(new double[3 * rows])));
                encoder.error("boom");
            });
        });
        assertThat(bytes.length).isGreaterThan(20_000_000);
        Value results = read(bytes).get(0).asMapValue().values().iterator().next();
        Map<Value, Value> first = results.asArrayValue().get(0).asMapValue().map();
        Value series = first.get(ValueFactory.newString("series"));
        assertThat(series.asArrayValue().size()).isEqualTo(2);
        assertThat(series.asArrayValue().get(1).toJson())
                .isEqualTo("{\"name\":\"n\",\"columns\":[\"v\"],\"values\":[[7]]}");
        Map<Value, Value> second = results.asArrayValue().get(1).asMapValue().map();
        assertThat(second.get(ValueFactory.newString("error")).toJson()).isEqualTo("\"boom\"");
    }

    private static List<Value> read(byte[] bytes) throws IOException {
        List<Value> documents = new ArrayList<>();
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            while (unpacker.hasNext()) {
                documents.add(unpacker.unpackValue());
            }
        }
        return documents;
    }
}
