package dev.sluice.http;

import dev.sluice.influxql.tree.RetentionPolicyOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The JSON with which a bucket is created or changed.
 *
 * @param name of the bucket; empty when it was not given
 * @param retentionPolicy the member {@code rp}; empty when it was not given
 * @param durationNanos how long points are kept; 0 for ever, as without a rule
 * @param shardDurationNanos width of shard groups; 0 for what fits the duration
 */
record BucketBody(String name, String retentionPolicy, long durationNanos, long shardDurationNanos) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final String[] MEMBERS = {
        "name",
        "description",
        "retentionRules",
        "rp",
        "orgId",
        "orgID",
        "schemaType",
        "type",
        "id",
        "labels",
        "links",
        "createdAt",
        "updatedAt"
    };

    static BucketBody read(byte[] body) throws JsonObjects.MalformedException {
        JsonNode object = JsonObjects.read(body, MEMBERS);
        JsonNode rule = rule(object.get("retentionRules"));
        return new BucketBody(
                JsonObjects.text(object, "name"),
                JsonObjects.text(object, "rp"),
                rule == null ? 0 : nanos(rule, "everySeconds"),
                rule == null ? 0 : nanos(rule, "shardGroupDurationSeconds"));
    }

    private static @Nullable JsonNode rule(@Nullable JsonNode rules) throws JsonObjects.MalformedException {
        if (rules == null || rules.isNull() || (rules.isArray() && rules.isEmpty())) {
            return null;
        }
        if (!rules.isArray() || rules.size() > 1) {
            throw new JsonObjects.MalformedException("retentionRules must be a list of one rule");
        }
        return JsonObjects.object(rules.get(0), "type", "everySeconds", "shardGroupDurationSeconds");
    }

    private static long nanos(JsonNode rule, String member) throws JsonObjects.MalformedException {
        long seconds = JsonObjects.integer(rule, member);
        if (seconds < 0 || seconds > Long.MAX_VALUE / NANOS_PER_SECOND) {
            throw new JsonObjects.MalformedException(member + " is out of range: " + seconds);
        }
        return seconds * NANOS_PER_SECOND;
    }

    /** What a statement says of the policy. */
    RetentionPolicyOptions options(@Nullable String policy, @Nullable Integer replication) {
        return new RetentionPolicyOptions(policy, durationNanos, replication, shardDurationNanos, null, null);
    }
}
