package dev.sluice.monitor;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics as points, as InfluxDB keeps them in {@code _internal}: a measurement per name, an integer field per value, and
 * the machine's name as one tag more.
 */
public final class StatisticPoints {

    private StatisticPoints() {}

    /**
     * A point for each statistic.
     *
     * @param hostname the value of the tag {@code hostname}
     * @param timestampNanos of all points
     */
    public static PointBatch of(List<Statistic> statistics, String hostname, long timestampNanos) {
        PointBatch batch = new PointBatch();
        for (Statistic statistic : statistics) {
            Map<String, String> tags = new HashMap<>(statistic.tags());
            tags.put("hostname", hostname);
            // An empty tag is no tag.
            tags.values().removeIf(String::isEmpty);
            byte[] key =
                    new SeriesKey(statistic.name(), TagSet.of(tags)).canonical().getBytes(StandardCharsets.UTF_8);
            int number = batch.addKey(batch.appendBytes(key, 0, key.length), key.length);
            statistic.values().forEach((name, value) -> batch.addField(name, FieldType.INTEGER, value));
            batch.endPoint(number, timestampNanos);
        }
        return batch;
    }
}
