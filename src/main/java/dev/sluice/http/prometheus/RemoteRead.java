package dev.sluice.http.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.google.re2j.Pattern;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.model.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code ReadRequest} to a SELECT of the field {@code value}, grouped by all tags. What does not fit into the statement
 * is asked of its result, see {@link #accepts}.
 *
 * <pre>
 * ReadRequest  { repeated Query queries = 1; }                                 (kinds of answers are passed over)
 * Query        { int64 start = 1; int64 end = 2; repeated LabelMatcher matchers = 3; }
 * LabelMatcher { Type type = 1; string name = 2; string value = 3; }
 * </pre>
 */
public final class RemoteRead {

    private static final Pattern ANY_NAME = Pattern.compile(".+");

    private final ReadQuery query;

    private RemoteRead(ReadQuery query) {
        this.query = query;
    }

    /**
     * The query of a request.
     *
     * @throws MalformedMessageException when it is none, or not one that can be answered
     */
    public static RemoteRead read(byte[] message) throws MalformedMessageException {
        List<ReadQuery> queries = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == Wire.MESSAGE_1) {
                    int outer = in.pushLimit(in.readRawVarint32());
                    queries.add(readQuery(in));
                    in.popLimit(outer);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException malformed) {
            throw MalformedMessageException.of(malformed);
        }
        if (queries.size() != 1) {
            throw new MalformedMessageException("Prometheus read endpoint currently only supports one query at a time");
        }
        if (queries.get(0).matchers().isEmpty()) {
            throw new MalformedMessageException("expected matcher");
        }
        return new RemoteRead(queries.get(0));
    }

    private static ReadQuery readQuery(CodedInputStream in) throws IOException, MalformedMessageException {
        long start = 0;
        long end = 0;
        List<LabelMatcher> matchers = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.of(1, WireFormat.WIRETYPE_VARINT)) {
                start = in.readInt64();
            } else if (tag == Wire.of(2, WireFormat.WIRETYPE_VARINT)) {
                end = in.readInt64();
            } else if (tag == Wire.MESSAGE_3) {
                int outer = in.pushLimit(in.readRawVarint32());
                matchers.add(readMatcher(in));
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
        return new ReadQuery(start, end, matchers);
    }

    private static LabelMatcher readMatcher(CodedInputStream in) throws IOException, MalformedMessageException {
        int type = 0;
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == Wire.of(1, WireFormat.WIRETYPE_VARINT)) {
                type = in.readEnum();
            } else if (tag == Wire.MESSAGE_2) {
                name = Wire.readString(in);
            } else if (tag == Wire.MESSAGE_3) {
                value = Wire.readString(in);
            } else {
                in.skipField(tag);
            }
        }
        return LabelMatcher.of(type, name, value);
    }

    /**
     * The statement that reads what was asked for, perhaps more.
     *
     * @param retentionPolicy empty for the default one
     */
    public SelectStatement statement(String retentionPolicy) {
        return new SelectStatement(
                List.of(new SelectField(new VarRef(RemoteWrite.FIELD, DataType.ANY_FIELD), null)),
                null,
                List.of(source(retentionPolicy.isEmpty() ? null : retentionPolicy)),
                condition(),
                List.of(new Wildcard(null)),
                Fill.NULL,
                List.of(),
                0,
                0,
                0,
                0,
                null);
    }

    /** One name if one is asked for, else those like a pattern, else all. */
    private Measurement source(@Nullable String policy) {
        for (LabelMatcher matcher : query.matchers()) {
            if (isMetric(matcher)
                    && !matcher.negative()
                    && matcher.pattern() == null
                    && !matcher.value().isEmpty()) {
                return new Measurement(null, policy, matcher.value(), null);
            }
        }
        for (LabelMatcher matcher : query.matchers()) {
            if (isMetric(matcher) && !matcher.negative() && matcher.pattern() != null) {
                return new Measurement(null, policy, "", new RegexLiteral(matcher.pattern()));
            }
        }
        return new Measurement(null, policy, "", new RegexLiteral(ANY_NAME));
    }

    private Expression condition() {
        VarRef time = new VarRef("time", null);
        Expression all = and(
                new BinaryExpression(
                        BinaryOperator.GREATER_OR_EQUAL, time, new TimeLiteral(nanos(query.startMillis()))),
                new BinaryExpression(BinaryOperator.LESS_OR_EQUAL, time, new TimeLiteral(nanos(query.endMillis()))));
        for (LabelMatcher matcher : query.matchers()) {
            if (!isMetric(matcher) && !isNamedLikeTime(matcher)) {
                all = and(all, comparison(matcher));
            }
        }
        return all;
    }

    private static Expression comparison(LabelMatcher matcher) {
        VarRef tag = new VarRef(matcher.name(), DataType.TAG);
        return matcher.pattern() == null
                ? new BinaryExpression(
                        matcher.negative() ? BinaryOperator.NOT_EQUAL : BinaryOperator.EQUAL,
                        tag,
                        new StringLiteral(matcher.value()))
                : new BinaryExpression(
                        matcher.negative() ? BinaryOperator.REGEX_NO_MATCH : BinaryOperator.REGEX_MATCH,
                        tag,
                        new RegexLiteral(matcher.pattern()));
    }

    private static Expression and(Expression left, Expression right) {
        return new BinaryExpression(BinaryOperator.AND, left, right);
    }

    private static long nanos(long millis) {
        if (millis < TimeRange.MIN_TIMESTAMP / RemoteWrite.NANOS_PER_MILLI) {
            return TimeRange.MIN_TIMESTAMP;
        }
        return millis > TimeRange.MAX_TIMESTAMP / RemoteWrite.NANOS_PER_MILLI
                ? TimeRange.MAX_TIMESTAMP
                : millis * RemoteWrite.NANOS_PER_MILLI;
    }

    private static boolean isMetric(LabelMatcher matcher) {
        return matcher.name().equals(RemoteWrite.NAME_LABEL);
    }

    /** A condition on it would be one on the timestamp. */
    private static boolean isNamedLikeTime(LabelMatcher matcher) {
        return matcher.name().equalsIgnoreCase("time");
    }

    /** Whether a series of the statement's result is one that was asked for. */
    boolean accepts(String measurement, Map<String, String> tags) {
        for (LabelMatcher matcher : query.matchers()) {
            boolean asked = isMetric(matcher)
                    ? matcher.matches(measurement)
                    : !isNamedLikeTime(matcher) || matcher.matches(tags.getOrDefault(matcher.name(), ""));
            if (!asked) {
                return false;
            }
        }
        return true;
    }
}
