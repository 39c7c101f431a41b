package dev.sluice.influxql.tree;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.Identifiers;
import dev.sluice.model.Privilege;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints statements as InfluxDB does. */
final class StatementFormatter {

    private static final String REDACTED = "[REDACTED]";

    private StatementFormatter() {}

    static String format(Source source) {
        if (source instanceof SubQuery query) {
            return "(" + query.statement() + ")";
        }
        Measurement measurement = (Measurement) source;
        StringBuilder text = new StringBuilder();
        if (measurement.database() != null) {
            text.append(Identifiers.quote(measurement.database())).append('.');
        }
        if (measurement.retentionPolicy() != null) {
            text.append(Identifiers.quote(measurement.retentionPolicy()));
        }
        if (measurement.database() != null || measurement.retentionPolicy() != null) {
            text.append('.');
        }
        if (measurement.isBackReference()) {
            return text.append(":MEASUREMENT").toString();
        }
        return text.append(
                        measurement.regex() != null
                                ? measurement.regex().toString()
                                : Identifiers.quote(measurement.name()))
                .toString();
    }

    static String format(Statement statement) {
        if (statement instanceof SelectStatement select) {
            return select(select);
        }
        if (statement instanceof ExplainStatement explain) {
            return "EXPLAIN " + (explain.analyze() ? "ANALYZE " : "") + (explain.verbose() ? "VERBOSE " : "")
                    + explain.statement();
        }
        if (statement instanceof DeleteStatement delete) {
            return "DELETE" + from(delete.sources()) + where(delete.condition());
        }
        if (statement instanceof DropSeriesStatement drop) {
            return "DROP SERIES" + from(drop.sources()) + where(drop.condition());
        }
        if (statement instanceof DropMeasurementStatement drop) {
            return "DROP MEASUREMENT " + name(drop.name());
        }
        if (statement instanceof KillQueryStatement kill) {
            return "KILL QUERY " + kill.queryId() + (kill.host() == null ? "" : " ON " + name(kill.host()));
        }
        String text = accountText(statement);
        if (text == null) {
            text = catalogText(statement);
        }
        return text != null ? text : showText(statement);
    }

    private static String select(SelectStatement select) {
        StringBuilder text = new StringBuilder("SELECT ");
        for (int i = 0; i < select.fields().size(); i++) {
            SelectField field = select.fields().get(i);
            text.append(i == 0 ? "" : ", ").append(field.expression());
            if (field.alias() != null) {
                text.append(" AS ").append(name(field.alias()));
            }
        }
        if (select.target() != null) {
            text.append(" INTO ").append(select.target());
        }
        text.append(from(select.sources())).append(where(select.condition())).append(groupBy(select.dimensions()));
        switch (select.fill().kind()) {
            case NULL -> {
                // The default is not printed.
            }
            case NUMBER ->
                text.append(" fill(").append(fillValue(select.fill())).append(')');
            case NONE -> text.append(" fill(none)");
            case PREVIOUS -> text.append(" fill(previous)");
            case LINEAR -> text.append(" fill(linear)");
        }
        text.append(order(select.sortFields()))
                .append(page(select.limit(), select.offset()))
                .append(seriesPage(select.seriesLimit(), select.seriesOffset()));
        if (select.zone() != null) {
            text.append(" TZ('")
                    .append(
                            select.zone().getId().equals("Z")
                                    ? "UTC"
                                    : select.zone().getId())
                    .append("')");
        }
        return text.toString();
    }

    private static String fillValue(Fill fill) {
        return fill.value() instanceof Long whole
                ? whole.toString()
                : new BigDecimal(String.valueOf(fill.value()))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static @Nullable String accountText(Statement statement) {
        if (statement instanceof CreateUserStatement create) {
            return "CREATE USER " + name(create.name()) + " WITH PASSWORD " + REDACTED
                    + (create.admin() ? " WITH ALL PRIVILEGES" : "");
        }
        if (statement instanceof DropUserStatement drop) {
            return "DROP USER " + name(drop.name());
        }
        if (statement instanceof SetPasswordStatement set) {
            return "SET PASSWORD FOR " + name(set.name()) + " = " + REDACTED;
        }
        if (statement instanceof GrantStatement grant) {
            return "GRANT " + privilege(grant.privilege()) + " ON " + name(grant.database()) + " TO "
                    + name(grant.user());
        }
        if (statement instanceof GrantAdminStatement grant) {
            return "GRANT ALL PRIVILEGES TO " + name(grant.user());
        }
        if (statement instanceof RevokeStatement revoke) {
            return "REVOKE " + privilege(revoke.privilege()) + " ON " + name(revoke.database()) + " FROM "
                    + name(revoke.user());
        }
        if (statement instanceof RevokeAdminStatement revoke) {
            return "REVOKE ALL PRIVILEGES FROM " + name(revoke.user());
        }
        if (statement instanceof ShowGrantsStatement show) {
            return "SHOW GRANTS FOR " + name(show.user());
        }
        return statement instanceof ShowUsersStatement ? "SHOW USERS" : null;
    }

    private static String privilege(Privilege privilege) {
        return privilege.influxName();
    }

    private static @Nullable String catalogText(Statement statement) {
        if (statement instanceof CreateDatabaseStatement create) {
            RetentionPolicyOptions options = create.options();
            return "CREATE DATABASE " + name(create.name())
                    + (options == null
                            ? ""
                            : " WITH" + policyOptions(options)
                                    + (options.name() == null ? "" : " NAME " + name(options.name())));
        }
        if (statement instanceof DropDatabaseStatement drop) {
            return "DROP DATABASE " + name(drop.name());
        }
        if (statement instanceof CreateRetentionPolicyStatement create) {
            return "CREATE RETENTION POLICY " + name(create.name()) + " ON " + name(create.database())
                    + policyOptions(create.options()) + (create.makeDefault() ? " DEFAULT" : "");
        }
        if (statement instanceof AlterRetentionPolicyStatement alter) {
            return "ALTER RETENTION POLICY " + name(alter.name()) + " ON " + name(alter.database())
                    + policyOptions(alter.options()) + (alter.makeDefault() ? " DEFAULT" : "");
        }
        if (statement instanceof DropRetentionPolicyStatement drop) {
            return "DROP RETENTION POLICY " + name(drop.name()) + " ON " + name(drop.database());
        }
        if (statement instanceof DropShardStatement drop) {
            return "DROP SHARD " + drop.shardId();
        }
        if (statement instanceof CreateContinuousQueryStatement create) {
            String resample = create.resampleEveryNanos() == null && create.resampleForNanos() == null
                    ? ""
                    : " RESAMPLE" + duration(" EVERY ", create.resampleEveryNanos())
                            + duration(" FOR ", create.resampleForNanos());
            return "CREATE CONTINUOUS QUERY " + name(create.name()) + " ON " + name(create.database()) + resample
                    + " BEGIN " + create.select() + " END";
        }
        if (statement instanceof DropContinuousQueryStatement drop) {
            return "DROP CONTINUOUS QUERY " + name(drop.name()) + " ON " + name(drop.database());
        }
        if (statement instanceof CreateSubscriptionStatement create) {
            return "CREATE SUBSCRIPTION " + name(create.name()) + " ON " + name(create.database()) + "."
                    + name(create.retentionPolicy()) + " DESTINATIONS " + create.mode() + " "
                    + create.destinations().stream()
                            .map(Identifiers::quoteString)
                            .collect(Collectors.joining(", "));
        }
        if (statement instanceof DropSubscriptionStatement drop) {
            return "DROP SUBSCRIPTION " + name(drop.name()) + " ON " + name(drop.database()) + "."
                    + name(drop.retentionPolicy());
        }
        return null;
    }

    private static String policyOptions(RetentionPolicyOptions options) {
        return duration(" DURATION ", options.durationNanos())
                + (options.replication() == null ? "" : " REPLICATION " + options.replication())
                + duration(" SHARD DURATION ", options.shardDurationNanos())
                + duration(" FUTURE LIMIT ", options.futureLimitNanos())
                + duration(" PAST LIMIT ", options.pastLimitNanos());
    }

    private static String duration(String keyword, @Nullable Long nanos) {
        return nanos == null ? "" : keyword + Durations.format(nanos);
    }

    private static String showText(Statement statement) {
        if (statement instanceof ShowMeasurementsStatement show) {
            String on = show.allDatabases()
                    ? " ON *.*"
                    : show.database() == null
                            ? ""
                            : " ON " + name(show.database())
                                    + (show.allRetentionPolicies()
                                            ? ".*"
                                            : show.retentionPolicy() == null ? "" : "." + name(show.retentionPolicy()));
            String with = show.source() == null
                    ? ""
                    : " WITH MEASUREMENT " + (show.source().regex() == null ? "= " : "=~ ") + show.source();
            return "SHOW MEASUREMENTS" + on + with + where(show.condition()) + order(show.sortFields())
                    + page(show.limit(), show.offset());
        }
        if (statement instanceof ShowSeriesStatement show) {
            return "SHOW SERIES" + on(show.database()) + from(show.sources()) + where(show.condition())
                    + order(show.sortFields()) + page(show.limit(), show.offset());
        }
        if (statement instanceof ShowTagKeysStatement show) {
            return "SHOW TAG KEYS" + on(show.database()) + from(show.sources())
                    + (show.keys() == null ? "" : withKey(show.keys())) + where(show.condition())
                    + order(show.sortFields()) + page(show.limit(), show.offset())
                    + seriesPage(show.seriesLimit(), show.seriesOffset());
        }
        if (statement instanceof ShowTagValuesStatement show) {
            return "SHOW TAG VALUES" + on(show.database()) + from(show.sources()) + withKey(show.keys())
                    + where(show.condition()) + order(show.sortFields()) + page(show.limit(), show.offset());
        }
        if (statement instanceof ShowFieldKeysStatement show) {
            return "SHOW FIELD KEYS" + on(show.database()) + from(show.sources()) + order(show.sortFields())
                    + page(show.limit(), show.offset());
        }
        if (statement instanceof ShowCardinalityStatement show) {
            return "SHOW " + show.subject().name().replace('_', ' ') + (show.exact() ? " EXACT" : "") + " CARDINALITY"
                    + on(show.database()) + from(show.sources()) + (show.keys() == null ? "" : withKey(show.keys()))
                    + where(show.condition()) + groupBy(show.dimensions()) + page(show.limit(), show.offset());
        }
        if (statement instanceof ShowRetentionPoliciesStatement show) {
            return "SHOW RETENTION POLICIES" + on(show.database());
        }
        if (statement instanceof ShowStatsStatement show) {
            return "SHOW STATS" + module(show.module());
        }
        if (statement instanceof ShowDiagnosticsStatement show) {
            return "SHOW DIAGNOSTICS" + module(show.module());
        }
        // What is left has no parts: SHOW DATABASES, SHOW SHARD GROUPS and so on, as the class is named.
        String words =
                statement.getClass().getSimpleName().replace("Statement", "").replaceAll("(?<=.)(?=[A-Z])", " ");
        return words.toUpperCase(Locale.ROOT);
    }

    private static String module(@Nullable String module) {
        return module == null ? "" : " FOR " + Identifiers.quoteString(module);
    }

    private static String withKey(TagKeyFilter keys) {
        if (keys.operand() instanceof ListLiteral list) {
            return " WITH KEY IN " + list;
        }
        String operand = keys.operand() instanceof StringLiteral key
                ? name(key.value())
                : keys.operand().toString();
        return " WITH KEY " + keys.operator().symbol() + " " + operand;
    }

    private static String on(@Nullable String database) {
        return database == null ? "" : " ON " + name(database);
    }

    private static String from(List<? extends Source> sources) {
        return sources.isEmpty()
                ? ""
                : " FROM " + sources.stream().map(StatementFormatter::format).collect(Collectors.joining(", "));
    }

    private static String where(@Nullable Expression condition) {
        return condition == null ? "" : " WHERE " + condition;
    }

    private static String groupBy(List<Expression> dimensions) {
        if (dimensions.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(" GROUP BY ");
        ExpressionFormatter.appendAll(text, dimensions);
        return text.toString();
    }

    private static String order(List<SortField> fields) {
        return fields.isEmpty()
                ? ""
                : " ORDER BY "
                        + fields.stream()
                                .map(field -> (field.name() == null ? "" : name(field.name()) + " ")
                                        + (field.ascending() ? "ASC" : "DESC"))
                                .collect(Collectors.joining(", "));
    }

    private static String page(int limit, int offset) {
        return (limit > 0 ? " LIMIT " + limit : "") + (offset > 0 ? " OFFSET " + offset : "");
    }

    private static String seriesPage(int limit, int offset) {
        return (limit > 0 ? " SLIMIT " + limit : "") + (offset > 0 ? " SOFFSET " + offset : "");
    }

    private static String name(String name) {
        return Identifiers.quote(name);
    }
}
