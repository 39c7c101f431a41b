package dev.sluice.http.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import dev.sluice.model.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@code WriteRequest} to points. A time series becomes a series whose measurement is the metric's name and whose tags are
 * all labels, that name among them; its samples become the field {@code value}. Samples that are no number (NaN, which
 * Prometheus marks the end of a series with, and the infinities) are passed over.
 *
 * <pre>
 * WriteRequest { repeated TimeSeries timeseries = 1; }      (what else there is, is passed over)
 * TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; }
 * Label        { string name = 1; string value = 2; }
 * Sample       { double value = 1; int64 timestamp = 2; }   (milliseconds since the epoch)
 * </pre>
 *
 * Reads one request.
 */
public final class RemoteWrite {

    /** The label with the metric's name. */
    static final String NAME_LABEL = "__name__";

    /** The field that samples are kept in. */
    static final String FIELD = "value";

    static final long NANOS_PER_MILLI = 1_000_000;

    private static final String UNNAMED = "prom_metric_not_specified";
    private static final int MAX_KEY_LENGTH = 65_535;
    private static final byte[] FIELD_NAME = FIELD.getBytes(StandardCharsets.US_ASCII);

    private final CodedInputStream in;
    private final PointBatch points = new PointBatch();
    private final int fieldName = points.appendBytes(FIELD_NAME, 0, FIELD_NAME.length);

    private Map<String, String> labels = new HashMap<>();
    private double[] values = new double[16];
    private long[] millis = new long[16];
    private int sampleCount;

    private RemoteWrite(byte[] message) {
        this.in = CodedInputStream.newInstance(message);
    }

    /**
     * The points of a request, in its order.
     *
     * @throws MalformedMessageException when it is none, or has what cannot be kept
     */
    public static PointBatch read(byte[] message) throws MalformedMessageException {
        RemoteWrite reader = new RemoteWrite(message);
        try {
            reader.readRequest();
        } catch (IOException malformed) {
            throw MalformedMessageException.of(malformed);
        }
        return reader.points;
    }

    private void readRequest() throws IOException, MalformedMessageException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.MESSAGE_1) {
                int outer = in.pushLimit(in.readRawVarint32());
                readSeries();
                in.popLimit(outer);
                addPoints();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readSeries() throws IOException, MalformedMessageException {
        labels.clear();
        sampleCount = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.MESSAGE_1) {
                int outer = in.pushLimit(in.readRawVarint32());
                readLabel();
                in.popLimit(outer);
            } else if (tag == Wire.MESSAGE_2) {
                int outer = in.pushLimit(in.readRawVarint32());
                readSample();
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readLabel() throws IOException, MalformedMessageException {
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.MESSAGE_1) {
                name = Wire.readString(in);
            } else if (tag == Wire.MESSAGE_2) {
                value = Wire.readString(in);
            } else {
                in.skipField(tag);
            }
        }
        if (!name.isEmpty()) {
            labels.put(name, value);
        }
    }

    private void readSample() throws IOException {
        double value = 0;
        long timestamp = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.of(1, WireFormat.WIRETYPE_FIXED64)) {
                value = in.readDouble();
            } else if (tag == Wire.of(2, WireFormat.WIRETYPE_VARINT)) {
                timestamp = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return;
        }
        if (sampleCount == values.length) {
            values = Arrays.copyOf(values, sampleCount * 2);
            millis = Arrays.copyOf(millis, sampleCount * 2);
        }
        values[sampleCount] = value;
        millis[sampleCount++] = timestamp;
    }

    private void addPoints() throws MalformedMessageException {
        if (sampleCount == 0) {
            return;
        }
        byte[] key = key();
        int number = points.addKey(points.appendBytes(key, 0, key.length), key.length);
        for (int i = 0; i < sampleCount; i++) {
            points.addField(fieldName, FIELD_NAME.length, FieldType.FLOAT, Double.doubleToRawLongBits(values[i]));
            points.endPoint(number, nanos(millis[i]));
        }
    }

    private byte[] key() throws MalformedMessageException {
        for (String name : labels.keySet()) {
            // A key has no way to write it.
            if (name.endsWith("\\")) {
                throw new MalformedMessageException("invalid label name \"" + name + "\"");
            }
        }
        String metric = labels.getOrDefault(NAME_LABEL, "");
        SeriesKey series = new SeriesKey(metric.isEmpty() ? UNNAMED : metric, TagSet.of(labels));
        byte[] key = series.canonical().getBytes(StandardCharsets.UTF_8);
        if (key.length > MAX_KEY_LENGTH) {
            throw new MalformedMessageException("max key length exceeded: " + key.length + " > " + MAX_KEY_LENGTH);
        }
        return key;
    }

    private static long nanos(long millis) throws MalformedMessageException {
        if (millis < TimeRange.MIN_TIMESTAMP / NANOS_PER_MILLI || millis > TimeRange.MAX_TIMESTAMP / NANOS_PER_MILLI) {
            throw new MalformedMessageException(
                    "time outside range " + TimeRange.MIN_TIMESTAMP + " - " + TimeRange.MAX_TIMESTAMP);
        }
        return millis * NANOS_PER_MILLI;
    }
}
