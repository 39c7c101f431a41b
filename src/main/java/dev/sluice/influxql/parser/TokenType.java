package dev.sluice.influxql.parser;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds of tokens. Keywords are named as they are written; the text is what error messages print. */
enum TokenType {
    EOF("EOF"),
    ILLEGAL("ILLEGAL"),
    IDENT("IDENT"),
    STRING("STRING"),
    BAD_STRING("BADSTRING"),
    BAD_ESCAPE("BADESCAPE"),
    NUMBER("NUMBER"),
    INTEGER("INTEGER"),
    DURATION_VALUE("DURATIONVAL"),
    REGEX("REGEX"),
    BAD_REGEX("BADREGEX"),
    BOUND_PARAMETER("BOUNDPARAM"),

    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    BITWISE_AND("&"),
    BITWISE_OR("|"),
    BITWISE_XOR("^"),
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX_MATCH("=~"),
    REGEX_NO_MATCH("!~"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LEFT_PAREN("("),
    RIGHT_PAREN(")"),
    COMMA(","),
    COLON(":"),
    DOUBLE_COLON("::"),
    SEMICOLON(";"),
    DOT("."),

    AND,
    OR,
    TRUE,
    FALSE,
    ALL,
    ALTER,
    ANALYZE,
    ANY,
    AS,
    ASC,
    BEGIN,
    BY,
    CARDINALITY,
    CREATE,
    CONTINUOUS,
    DATABASE,
    DATABASES,
    DEFAULT,
    DELETE,
    DESC,
    DESTINATIONS,
    DIAGNOSTICS,
    DISTINCT,
    DROP,
    DURATION,
    END,
    EVERY,
    EXACT,
    EXPLAIN,
    FIELD,
    FOR,
    FROM,
    FUTURE,
    GRANT,
    GRANTS,
    GROUP,
    GROUPS,
    IN,
    INF,
    INSERT,
    INTO,
    KEY,
    KEYS,
    KILL,
    LIMIT,
    MEASUREMENT,
    MEASUREMENTS,
    NAME,
    OFFSET,
    ON,
    ORDER,
    PASSWORD,
    PAST,
    POLICY,
    POLICIES,
    PRIVILEGES,
    QUERIES,
    QUERY,
    READ,
    REPLICATION,
    RESAMPLE,
    RETENTION,
    REVOKE,
    SELECT,
    SERIES,
    SET,
    SHOW,
    SHARD,
    SHARDS,
    SLIMIT,
    SOFFSET,
    STATS,
    SUBSCRIPTION,
    SUBSCRIPTIONS,
    TAG,
    TO,
    USER,
    USERS,
    VALUES,
    VERBOSE,
    WHERE,
    WITH,
    WRITE;

    private static final Map<String, TokenType> KEYWORDS = new HashMap<>();

    static {
        for (TokenType type : values()) {
            if (type.ordinal() >= AND.ordinal()) {
                KEYWORDS.put(type.name(), type);
            }
        }
    }

    private final String text;

    TokenType(String text) {
        this.text = text;
    }

    TokenType() {
        this.text = name();
    }

    String text() {
        return text;
    }

    boolean isKeyword() {
        return ordinal() >= AND.ordinal();
    }

    /** The keyword a word is, in whatever case; null when it is none. */
    static @Nullable TokenType keyword(String word) {
        return word.length() > 16 ? null : KEYWORDS.get(word.toUpperCase(Locale.ROOT));
    }
}
