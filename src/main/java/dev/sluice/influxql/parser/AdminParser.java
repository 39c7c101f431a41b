package dev.sluice.influxql.parser;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.AlterRetentionPolicyStatement;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateSubscriptionStatement;
import dev.sluice.influxql.tree.CreateUserStatement;
import dev.sluice.influxql.tree.DropContinuousQueryStatement;
import dev.sluice.influxql.tree.DropSubscriptionStatement;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.GrantAdminStatement;
import dev.sluice.influxql.tree.GrantStatement;
import dev.sluice.influxql.tree.KillQueryStatement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RetentionPolicyOptions;
import dev.sluice.influxql.tree.RevokeAdminStatement;
import dev.sluice.influxql.tree.RevokeStatement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.SetPasswordStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Privilege;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements about databases, policies, users, continuous queries and subscriptions; the first keyword has been passed. */
final class AdminParser {

    private final TokenStream tokens;
    private final ClauseParser clauses;
    private final SelectParser selects;

    AdminParser(TokenStream tokens, ClauseParser clauses, SelectParser selects) {
        this.tokens = tokens;
        this.clauses = clauses;
        this.selects = selects;
    }

    Statement parseCreate() {
        Token token = tokens.next();
        return switch (token.type()) {
            case CONTINUOUS -> parseCreateContinuousQuery();
            case DATABASE -> parseCreateDatabase();
            case USER -> parseCreateUser();
            case RETENTION -> parseCreateRetentionPolicy();
            case SUBSCRIPTION -> parseCreateSubscription();
            default -> throw tokens.unexpected(token, "CONTINUOUS", "DATABASE", "USER", "RETENTION", "SUBSCRIPTION");
        };
    }

    private Statement parseCreateDatabase() {
        String name = tokens.expectIdentifier();
        if (!tokens.accept(TokenType.WITH)) {
            return new CreateDatabaseStatement(name, null);
        }
        Token start = tokens.peek();
        Long duration = tokens.accept(TokenType.DURATION) ? (Long) clauses.parseRetentionDuration() : null;
        Integer replication =
                tokens.accept(TokenType.REPLICATION) ? (Integer) tokens.expectInteger(1, Integer.MAX_VALUE) : null;
        Long shardDuration = parseShardDurationOfDatabase();
        Long futureLimit = parseLimit(TokenType.FUTURE);
        Long pastLimit = parseLimit(TokenType.PAST);
        String policy = tokens.accept(TokenType.NAME) ? tokens.expectIdentifier() : null;
        if (tokens.peek().start() == start.start()) {
            throw tokens.unexpected(start, "DURATION", "NAME", "REPLICATION", "SHARD", "FUTURE", "PAST");
        }
        return new CreateDatabaseStatement(
                name, new RetentionPolicyOptions(policy, duration, replication, shardDuration, futureLimit, pastLimit));
    }

    private Statement parseCreateRetentionPolicy() {
        tokens.expect(TokenType.POLICY);
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.ON);
        String database = tokens.expectIdentifier();
        tokens.expect(TokenType.DURATION);
        long duration = clauses.parseRetentionDuration();
        tokens.expect(TokenType.REPLICATION);
        int replication = tokens.expectInteger(1, Integer.MAX_VALUE);
        Long shardDuration = parseOptionalShardDuration();
        boolean makeDefault = tokens.accept(TokenType.DEFAULT);
        Long futureLimit = parseLimit(TokenType.FUTURE);
        Long pastLimit = parseLimit(TokenType.PAST);
        return new CreateRetentionPolicyStatement(
                name,
                database,
                new RetentionPolicyOptions(null, duration, replication, shardDuration, futureLimit, pastLimit),
                makeDefault);
    }

    /** Here INF is allowed, and means the same as leaving it out. */
    private @Nullable Long parseShardDurationOfDatabase() {
        if (!tokens.accept(TokenType.SHARD)) {
            return null;
        }
        tokens.expect(TokenType.DURATION);
        return clauses.parseRetentionDuration();
    }

    private @Nullable Long parseOptionalShardDuration() {
        if (!tokens.accept(TokenType.SHARD)) {
            return null;
        }
        tokens.expect(TokenType.DURATION);
        return clauses.parseShardDuration();
    }

    private @Nullable Long parseLimit(TokenType side) {
        if (!tokens.accept(side)) {
            return null;
        }
        tokens.expect(TokenType.LIMIT);
        return clauses.parseDuration();
    }

    /** What follows ALTER. */
    Statement parseAlter() {
        tokens.expectAll(TokenType.RETENTION, TokenType.POLICY);
        Token nameToken = tokens.next();
        if (!nameToken.is(TokenType.IDENT) && !nameToken.is(TokenType.DEFAULT)) {
            throw tokens.unexpected(nameToken, "identifier");
        }
        String name = nameToken.is(TokenType.DEFAULT) ? "default" : nameToken.text();
        tokens.expect(TokenType.ON);
        String database = tokens.expectIdentifier();
        Long duration = null;
        Integer replication = null;
        Long shardDuration = null;
        Long futureLimit = null;
        Long pastLimit = null;
        Set<TokenType> seen = EnumSet.noneOf(TokenType.class);
        while (true) {
            Token option = tokens.next();
            boolean known =
                    switch (option.type()) {
                        case DURATION, REPLICATION, SHARD, DEFAULT, FUTURE, PAST -> true;
                        default -> false;
                    };
            if (!known) {
                if (seen.isEmpty()) {
                    throw tokens.unexpected(option, "DURATION", "REPLICATION", "SHARD", "DEFAULT", "FUTURE", "PAST");
                }
                tokens.back(option);
                break;
            }
            if (!seen.add(option.type())) {
                throw tokens.at("found duplicate " + option.type() + " option", option);
            }
            switch (option.type()) {
                case DURATION -> duration = clauses.parseRetentionDuration();
                case REPLICATION -> replication = tokens.expectInteger(1, Integer.MAX_VALUE);
                case SHARD -> {
                    tokens.expect(TokenType.DURATION);
                    shardDuration = clauses.parseShardDuration();
                }
                case FUTURE -> {
                    tokens.expect(TokenType.LIMIT);
                    futureLimit = clauses.parseDuration();
                }
                case PAST -> {
                    tokens.expect(TokenType.LIMIT);
                    pastLimit = clauses.parseDuration();
                }
                default -> {
                    // DEFAULT has no value.
                }
            }
        }
        return new AlterRetentionPolicyStatement(
                name,
                database,
                new RetentionPolicyOptions(null, duration, replication, shardDuration, futureLimit, pastLimit),
                seen.contains(TokenType.DEFAULT));
    }

    private Statement parseCreateUser() {
        String name = tokens.expectIdentifier();
        tokens.expectAll(TokenType.WITH, TokenType.PASSWORD);
        String password = tokens.expectString();
        boolean admin = tokens.accept(TokenType.WITH);
        if (admin) {
            tokens.expectAll(TokenType.ALL, TokenType.PRIVILEGES);
        }
        return new CreateUserStatement(name, password, admin);
    }

    /** What follows SET. */
    Statement parseSetPassword() {
        tokens.expectAll(TokenType.PASSWORD, TokenType.FOR);
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.EQUAL);
        return new SetPasswordStatement(name, tokens.expectString());
    }

    /** What follows GRANT ({@code TO}) or REVOKE ({@code FROM}). */
    Statement parseGrantOrRevoke(boolean grant) {
        TokenType direction = grant ? TokenType.TO : TokenType.FROM;
        Token token = tokens.next();
        Privilege privilege =
                switch (token.type()) {
                    case READ -> Privilege.READ;
                    case WRITE -> Privilege.WRITE;
                    case ALL -> {
                        tokens.accept(TokenType.PRIVILEGES);
                        yield Privilege.ALL;
                    }
                    default -> throw tokens.unexpected(token, "READ", "WRITE", "ALL [PRIVILEGES]");
                };
        Token next = tokens.next();
        if (privilege == Privilege.ALL && next.is(direction)) {
            String user = tokens.expectIdentifier();
            return grant ? new GrantAdminStatement(user) : new RevokeAdminStatement(user);
        }
        if (!next.is(TokenType.ON)) {
            throw privilege == Privilege.ALL
                    ? tokens.unexpected(next, "ON", direction.text())
                    : tokens.unexpected(next, "ON");
        }
        String database = tokens.expectIdentifier();
        tokens.expect(direction);
        String user = tokens.expectIdentifier();
        return grant ? new GrantStatement(privilege, database, user) : new RevokeStatement(privilege, database, user);
    }

    private Statement parseCreateContinuousQuery() {
        tokens.expect(TokenType.QUERY);
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.ON);
        String database = tokens.expectIdentifier();
        Long every = null;
        Long forDuration = null;
        if (tokens.accept(TokenType.RESAMPLE)) {
            every = tokens.accept(TokenType.EVERY) ? (Long) clauses.parseDuration() : null;
            forDuration = tokens.accept(TokenType.FOR) ? (Long) clauses.parseDuration() : null;
            if (every == null && forDuration == null) {
                throw tokens.unexpected(tokens.next(), "EVERY", "FOR");
            }
        }
        tokens.expectAll(TokenType.BEGIN, TokenType.SELECT);
        SelectStatement select = selects.parse(true);
        Token last = tokens.peek();
        long interval = groupByInterval(select);
        boolean aggregates = select.fields().stream().anyMatch(field -> containsCall(field.expression()));
        if (aggregates && interval == 0) {
            throw tokens.unexpected(tokens.previous(last), "GROUP BY time(...)");
        }
        if (forDuration != null && forDuration < Math.max(interval, every == null ? 0 : every)) {
            throw new InfluxqlException("FOR duration must be >= GROUP BY time duration: must be a minimum of "
                    + Durations.format(Math.max(interval, every == null ? 0 : every))
                    + ", got "
                    + Durations.format(forDuration));
        }
        tokens.expect(TokenType.END);
        return new CreateContinuousQueryStatement(name, database, select, every, forDuration);
    }

    private static long groupByInterval(SelectStatement select) {
        for (Expression dimension : select.dimensions()) {
            if (dimension instanceof Call call
                    && call.name().equals("time")
                    && !call.arguments().isEmpty()
                    && call.arguments().get(0) instanceof DurationLiteral duration) {
                return Math.max(0, duration.nanos());
            }
        }
        return 0;
    }

    private static boolean containsCall(Expression expression) {
        if (expression instanceof Call) {
            return true;
        }
        if (expression instanceof BinaryExpression binary) {
            return containsCall(binary.left()) || containsCall(binary.right());
        }
        return expression instanceof ParenExpression paren && containsCall(paren.inner());
    }

    /** What follows DROP CONTINUOUS. */
    Statement parseDropContinuousQuery() {
        tokens.expect(TokenType.QUERY);
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.ON);
        return new DropContinuousQueryStatement(name, tokens.expectIdentifier());
    }

    private Statement parseCreateSubscription() {
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.ON);
        String database = tokens.expectIdentifier();
        String policy = parsePolicyBehindDot();
        tokens.expect(TokenType.DESTINATIONS);
        Token mode = tokens.next();
        if (!mode.is(TokenType.ALL) && !mode.is(TokenType.ANY)) {
            throw tokens.unexpected(mode, "ALL", "ANY");
        }
        List<String> destinations = tokens.list(tokens::expectString);
        return new CreateSubscriptionStatement(
                name,
                database,
                policy,
                CreateSubscriptionStatement.Mode.valueOf(mode.type().name()),
                destinations);
    }

    private String parsePolicyBehindDot() {
        Token dot = tokens.nextHere();
        if (!dot.is(TokenType.DOT)) {
            throw tokens.unexpected(dot, ".");
        }
        return tokens.expectIdentifier();
    }

    /** What follows DROP SUBSCRIPTION. */
    Statement parseDropSubscription() {
        String name = tokens.expectIdentifier();
        tokens.expect(TokenType.ON);
        String database = tokens.expectIdentifier();
        return new DropSubscriptionStatement(name, database, parsePolicyBehindDot());
    }

    /** What follows KILL. */
    Statement parseKill() {
        tokens.expect(TokenType.QUERY);
        long id = tokens.expectInteger();
        return new KillQueryStatement(id, tokens.accept(TokenType.ON) ? tokens.expectIdentifier() : null);
    }
}
