package dev.sluice.http.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as Prometheus sends and reads them. */
public final class TestMessages {

    private TestMessages() {}

    /** A sample. */
    public record Sample(double value, long millis) {}

    /** A time series; its labels are written in order of their names. */
    public record Series(Map<String, String> labels, List<Sample> samples) {

        public Series {
            labels = new TreeMap<>(labels);
            samples = List.copyOf(samples);
        }
    }

    /** A matcher, its type numbered as in the protocol. */
    public record Matcher(int type, String name, String value) {}

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static Series series(String metric, String label, String value, Sample... samples) {
        return new Series(Map.of("__name__", metric, label, value), List.of(samples));
    }

    /** A {@code WriteRequest}, with a member of newer versions. */
    public static byte[] writeRequest(Series... all) {
        return message(out -> {
            for (Series series : all) {
                out.writeByteArray(1, message(inner -> {
                    for (Map.Entry<String, String> label : series.labels().entrySet()) {
                        inner.writeByteArray(1, message(pair -> {
                            pair.writeString(1, label.getKey());
                            pair.writeString(2, label.getValue());
                        }));
                    }
                    for (Sample sample : series.samples()) {
                        inner.writeByteArray(2, message(pair -> {
                            pair.writeDouble(1, sample.value());
                            pair.writeInt64(2, sample.millis());
                        }));
                    }
                }));
            }
            out.writeByteArray(3, message(metadata -> metadata.writeString(2, "a metric")));
        });
    }

    /** A {@code ReadRequest} with one query. */
    public static byte[] readRequest(long start, long end, Matcher... matchers) {
        return message(out -> out.writeByteArray(1, query(start, end, matchers)));
    }

    /** A {@code Query}. */
    public static byte[] query(long start, long end, Matcher... matchers) {
        return message(query -> {
            query.writeInt64(1, start);
            query.writeInt64(2, end);
            for (Matcher matcher : matchers) {
                query.writeByteArray(3, message(inner -> {
                    inner.writeEnum(1, matcher.type());
                    inner.writeString(2, matcher.name());
                    inner.writeString(3, matcher.value());
                }));
            }
        });
    }

    /** A message with another in its first field, twice. */
    public static byte[] twice(byte[] inner) {
        return message(out -> {
            out.writeByteArray(1, inner);
            out.writeByteArray(1, inner);
        });
    }

    public static byte[] compressed(byte[] message) {
        return SnappyBlock.compress(message, message.length);
    }

    public static byte[] decompressed(byte[] block) {
        try {
            return SnappyBlock.decompress(block, Long.MAX_VALUE);
        } catch (MalformedMessageException | SnappyBlock.TooLargeException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** The series of a {@code ReadResponse} with one result. */
    public static List<Series> readResponse(byte[] message) {
        List<byte[]> results = fields(message, 1);
        if (results.size() != 1) {
            throw new AssertionError(results.size() + " results");
        }
        List<Series> all = new ArrayList<>();
        for (byte[] series : fields(results.get(0), 1)) {
            Map<String, String> labels = new TreeMap<>();
            fields(series, 1).forEach(pair -> labels.put(text(pair, 1), text(pair, 2)));
            all.add(new Series(
                    labels, fields(series, 2).stream().map(TestMessages::sample).toList()));
        }
        return all;
    }

    private static String text(byte[] message, int field) {
        return new String(fields(message, field).get(0), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<byte[]> fields(byte[] message, int field) {
        List<byte[]> found = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == Wire.of(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                    found.add(in.readByteArray());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return found;
    }

    private static Sample sample(byte[] message) {
        CodedInputStream in = CodedInputStream.newInstance(message);
        double value = 0;
        long millis = 0;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 1) {
                    value = in.readDouble();
                } else {
                    millis = in.readInt64();
                }
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return new Sample(value, millis);
    }
}
