package dev.sluice.http;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The JSON of a delete: from {@code start} to before {@code stop}, what fulfils {@code predicate}, which consists of
 * equalities that are joined by AND. {@code _measurement} stands for the measurement, all other names for tags. Values may
 * stand in double quotes.
 */
final class DeleteBody {

    private static final String MEASUREMENT = "_measurement";
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final String GO_LAYOUT = "2006-01-02T15:04:05.999999999Z07:00";

    /** The body asks for no delete that can be done; the message says why. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    private final BucketName bucket;
    private final String start;
    private final String stop;
    private final String predicate;
    private final Set<String> measurements = new LinkedHashSet<>();

    private DeleteBody(BucketName bucket, String start, String stop, String predicate) {
        this.bucket = bucket;
        this.start = start;
        this.stop = stop;
        this.predicate = predicate;
    }

    /** The statement that does what is asked for; empty when nothing can fulfil the predicate. */
    static Optional<DeleteStatement> read(byte[] body, BucketName bucket) throws MalformedException {
        try {
            // A mistyped predicate would delete everything.
            JsonNode object = JsonObjects.read(body, "start", "stop", "predicate");
            return new DeleteBody(
                            bucket,
                            JsonObjects.text(object, "start"),
                            JsonObjects.text(object, "stop"),
                            JsonObjects.text(object, "predicate"))
                    .statement();
        } catch (JsonObjects.MalformedException malformed) {
            throw new MalformedException("cannot parse request body: " + malformed.getMessage());
        }
    }

    private Optional<DeleteStatement> statement() throws MalformedException {
        Expression from = time(BinaryOperator.GREATER_OR_EQUAL, "start", start);
        Expression until = time(BinaryOperator.LESS, "stop", stop);
        Expression condition = new BinaryExpression(BinaryOperator.AND, from, until);
        Expression tags = predicate.isBlank() ? null : tags(parse());
        if (tags != null) {
            condition = new BinaryExpression(BinaryOperator.AND, condition, tags);
        }
        if (measurements.size() > 1) {
            return Optional.empty();
        }
        List<Measurement> sources =
                measurements.stream().map(Measurement::named).toList();
        return Optional.of(new DeleteStatement(sources, condition));
    }

    private static Expression time(BinaryOperator operator, String field, String text) throws MalformedException {
        if (text.isEmpty()) {
            throw new MalformedException(field + " field in RFC3339Nano format required");
        }
        return new BinaryExpression(operator, new VarRef("time", null), new TimeLiteral(nanos(field, text)));
    }

    /** Times that cannot be kept are those nearest to them. */
    private static long nanos(String field, String text) throws MalformedException {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(Instant.ofEpochSecond(0, TimeRange.MIN_TIMESTAMP))) {
                return TimeRange.MIN_TIMESTAMP;
            }
            if (instant.isAfter(Instant.ofEpochSecond(0, TimeRange.MAX_TIMESTAMP))) {
                return TimeRange.MAX_TIMESTAMP;
            }
            // From the next second down, since the first second of all has a begin that is out of range.
            return (instant.getEpochSecond() + 1) * NANOS_PER_SECOND - (NANOS_PER_SECOND - instant.getNano());
        } catch (DateTimeException malformed) {
            throw new MalformedException("invalid format for " + field + " field \"" + text
                    + "\", please use RFC3339Nano: parsing time \"" + text + "\" as \"" + GO_LAYOUT
                    + "\": cannot parse \"" + text + "\" as \"2006\"");
        }
    }

    private Expression parse() throws MalformedException {
        try {
            return InfluxqlParser.parseExpression(predicate);
        } catch (InfluxqlException malformed) {
            throw new MalformedException("cannot parse predicate \"" + predicate + "\": " + malformed.getMessage());
        }
    }

    /** What the predicate says of tags; null when it says nothing. Measurements are collected. */
    private @Nullable Expression tags(Expression expression) throws MalformedException {
        if (expression instanceof ParenExpression paren) {
            return tags(paren.inner());
        }
        if (expression instanceof BinaryExpression binary) {
            if (binary.operator() == BinaryOperator.AND) {
                Expression left = tags(binary.left());
                Expression right = tags(binary.right());
                if (left == null || right == null) {
                    return left == null ? right : left;
                }
                return new BinaryExpression(BinaryOperator.AND, left, right);
            }
            if (binary.operator() == BinaryOperator.EQUAL && binary.left() instanceof VarRef name) {
                return equality(name, binary.right());
            }
        }
        throw unsupported();
    }

    private @Nullable Expression equality(VarRef name, Expression operand) throws MalformedException {
        String value;
        if (operand instanceof StringLiteral text) {
            value = text.value();
        } else if (operand instanceof VarRef quoted && quoted.type() == null) {
            value = quoted.name();
        } else {
            throw unsupported();
        }
        if (name.name().equals(MEASUREMENT)) {
            measurements.add(value);
            return null;
        }
        if (name.name().equalsIgnoreCase("time")) {
            throw unsupported();
        }
        return new BinaryExpression(BinaryOperator.EQUAL, name, new StringLiteral(value));
    }

    private MalformedException unsupported() {
        return new MalformedException("predicate only supports equality operators and conjunctions. database: \""
                + bucket.database() + "\", retention policy: \"" + bucket.retentionPolicy() + "\", start: \"" + start
                + "\", stop: \"" + stop + "\", predicate: \"" + predicate + "\"");
    }
}
