package dev.sluice.http;

import dev.sluice.catalog.RetentionPolicy;
import java.time.Duration;

/**
 * A retention policy as InfluxDB 2 sees it.
 *
 * @param name of the database and the policy
 * @param everySeconds how long points are kept; 0 for ever
 * @param shardGroupDurationSeconds width of new shard groups
 */
record Bucket(BucketName name, long everySeconds, long shardGroupDurationSeconds) {

    static Bucket of(String database, RetentionPolicy policy) {
        return new Bucket(
                new BucketName(database, policy.name()),
                Duration.ofNanos(policy.durationNanos()).toSeconds(),
                Duration.ofNanos(policy.shardDurationNanos()).toSeconds());
    }

    /** As 1.10 and newer print it: what 1.x does not have is there and empty. */
    String json() {
        String id = JsonText.quote(name.toString());
        return "{\"description\":\"\",\"name\":" + id + ",\"retentionRules\":[{\"type\":\"\",\"everySeconds\":"
                + everySeconds + ",\"shardGroupDurationSeconds\":" + shardGroupDurationSeconds
                + "}],\"orgId\":\"\",\"schemaType\":\"implicit\",\"id\":" + id + ",\"type\":\"\",\"rp\":"
                + JsonText.quote(name.retentionPolicy())
                + ",\"createdAt\":\"0001-01-01T00:00:00Z\",\"updatedAt\":\"0001-01-01T00:00:00Z\"}";
    }
}
