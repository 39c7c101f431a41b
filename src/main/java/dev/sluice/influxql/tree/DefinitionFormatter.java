package dev.sluice.influxql.tree;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.Identifiers;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Prints statements that define, change or drop databases, policies, continuous queries and subscriptions. */
final class DefinitionFormatter {

    private DefinitionFormatter() {}

    /** CREATE DATABASE alone prints durations in Go's form. */
    static String format(CreateDatabaseStatement create) {
        ClauseWriter out = new ClauseWriter("CREATE DATABASE ").name(create.name());
        if (create.options() != null) {
            RetentionPolicyOptions options = create.options();
            out.text(" WITH");
            duration(out, " DURATION ", options.durationNanos(), Durations::formatGo);
            replication(out, options);
            shardDuration(out, options, Durations::formatGo);
            duration(out, " FUTURE LIMIT ", options.futureLimitNanos(), Durations::formatGo);
            duration(out, " PAST LIMIT ", options.pastLimitNanos(), Durations::formatGo);
            out.clause(" NAME ", options.name());
        }
        return out.toString();
    }

    static String format(CreateRetentionPolicyStatement create) {
        return policy("CREATE", create.name(), create.database(), create.options(), create.makeDefault());
    }

    static String format(AlterRetentionPolicyStatement alter) {
        return policy("ALTER", alter.name(), alter.database(), alter.options(), alter.makeDefault());
    }

    static String format(CreateContinuousQueryStatement create) {
        ClauseWriter out =
                new ClauseWriter("CREATE CONTINUOUS QUERY ").name(create.name()).on(create.database());
        if (create.resampleEveryNanos() != null || create.resampleForNanos() != null) {
            out.text(" RESAMPLE");
            duration(out, " EVERY ", create.resampleEveryNanos(), Durations::format);
            duration(out, " FOR ", create.resampleForNanos(), Durations::format);
        }
        return out.text(" BEGIN ").text(create.select().toString()).text(" END").toString();
    }

    static String format(CreateSubscriptionStatement create) {
        ClauseWriter out = new ClauseWriter("CREATE SUBSCRIPTION ")
                .name(create.name())
                .on(create.database())
                .clause(".", create.retentionPolicy())
                .text(" DESTINATIONS ")
                .text(create.mode().name());
        return out.list(
                        " ",
                        create.destinations().stream()
                                .map(Identifiers::quoteString)
                                .toList())
                .toString();
    }

    static String format(DropContinuousQueryStatement drop) {
        return new ClauseWriter("DROP CONTINUOUS QUERY ")
                .name(drop.name())
                .on(drop.database())
                .toString();
    }

    static String format(DropDatabaseStatement drop) {
        return new ClauseWriter("DROP DATABASE ").name(drop.name()).toString();
    }

    static String format(DropMeasurementStatement drop) {
        return new ClauseWriter("DROP MEASUREMENT ").name(drop.name()).toString();
    }

    static String format(DropRetentionPolicyStatement drop) {
        return new ClauseWriter("DROP RETENTION POLICY ")
                .name(drop.name())
                .on(drop.database())
                .toString();
    }

    static String format(DropSubscriptionStatement drop) {
        return new ClauseWriter("DROP SUBSCRIPTION ")
                .name(drop.name())
                .on(drop.database())
                .clause(".", drop.retentionPolicy())
                .toString();
    }

    static String format(KillQueryStatement kill) {
        return new ClauseWriter("KILL QUERY " + kill.queryId()).on(kill.host()).toString();
    }

    private static String policy(
            String verb, String name, String database, RetentionPolicyOptions options, boolean makeDefault) {
        ClauseWriter out =
                new ClauseWriter(verb).text(" RETENTION POLICY ").name(name).on(database);
        duration(out, " DURATION ", options.durationNanos(), Durations::format);
        replication(out, options);
        if (verb.equals("ALTER")) {
            // Here 0s means something: the length that goes with the policy's duration.
            duration(out, " SHARD DURATION ", options.shardDurationNanos(), Durations::format);
        } else {
            shardDuration(out, options, Durations::format);
        }
        out.textIf(makeDefault, " DEFAULT");
        duration(out, " FUTURE LIMIT ", options.futureLimitNanos(), Durations::format);
        duration(out, " PAST LIMIT ", options.pastLimitNanos(), Durations::format);
        return out.toString();
    }

    private static void replication(ClauseWriter out, RetentionPolicyOptions options) {
        if (options.replication() != null) {
            out.text(" REPLICATION " + options.replication());
        }
    }

    /** A shard duration of zero is the default and not printed. */
    private static void shardDuration(ClauseWriter out, RetentionPolicyOptions options, LongFunction<String> format) {
        if (options.shardDurationNanos() != null && options.shardDurationNanos() > 0) {
            duration(out, " SHARD DURATION ", options.shardDurationNanos(), format);
        }
    }

    private static void duration(ClauseWriter out, String keyword, @Nullable Long nanos, LongFunction<String> format) {
        if (nanos != null) {
            out.text(keyword).text(format.apply(nanos));
        }
    }
}
