package dev.sluice.differential;

import static dev.sluice.differential.IntendedDifference.inData;
import static dev.sluice.differential.IntendedDifference.inWords;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Differences in how statements are read, run one after the other, and printed. */
final class StatementDifferences {

    static final List<IntendedDifference> ALL = List.of(
            inData("statements after a failed one", StatementDifferences::restIsNotExecuted),
            inWords("numbers with a fraction in printed statements", StatementDifferences::fractionsAreShorter),
            inWords(
                    "options FUTURE and PAST in lists of what was expected",
                    exchange -> exchange.reference().status() == 400
                            && exchange.ours().status() == 400
                            && exchange.ours()
                                    .body()
                                    .replace(", FUTURE, PAST", "")
                                    .equals(exchange.reference().body())),
            inWords(
                    "newer forms of SHOW MEASUREMENTS and SHOW TAG KEYS",
                    exchange -> exchange.reference().status() == 400
                            && exchange.ours().status() == 200
                            && (exchange.request()
                                            .asks("SHOW\\s+MEASUREMENTS\\s+ON\\s+(\\w+|\"[^\"]*\"|\\*)\\s*[.\\s*]")
                                    || exchange.request().asks("SHOW\\s+TAG\\s+KEYS\\b.*\\bWITH\\s+KEY\\b"))),
            inWords(
                    "replication in the CSV of SHOW RETENTION POLICIES",
                    exchange -> exchange.request().asks("SHOW\\s+RETENTION\\s+POLICIES")
                            && exchange.reference().type().equals("text/csv")
                            && exchange.reference()
                                    .body()
                                    .replaceAll("(?m),replicaN,(true|false)$", ",1,$1")
                                    .equals(exchange.ours().body())));

    /** A number with a fraction, as it is printed within a statement. */
    private static final Pattern FRACTION = Pattern.compile("(\\d+\\.\\d+?)0+(?!\\d)");

    private StatementDifferences() {}

    /**
     * The reference says of the failed statement that it was not executed, and nothing of those behind it. What stands
     * before the failed one is the same.
     */
    private static boolean restIsNotExecuted(Exchange exchange) {
        if (!exchange.bothSucceed()
                || !exchange.reference().isJson()
                || !exchange.ours().isJson()) {
            return exchange.bothSucceed()
                    && exchange.request().asks(";\\s*\\S")
                    && exchange.reference().body().contains("not executed")
                    && exchange.ours().body().contains("not executed");
        }
        List<JsonNode> theirs = JsonAnswers.results(exchange.reference());
        List<JsonNode> own = JsonAnswers.results(exchange.ours());
        int failed = own.size();
        for (int i = 0; i < own.size() && failed == own.size(); i++) {
            failed = own.get(i).has("error") ? i : failed;
        }
        if (failed >= own.size() - 1 || theirs.isEmpty()) {
            return false;
        }
        JsonNode last = theirs.get(theirs.size() - 1);
        return last.path("error").asString("").equals("not executed")
                && last.path("statement_id").asInt(0) <= failed
                && own.subList(failed + 1, own.size()).stream()
                        .allMatch(result -> result.path("error").asString("").equals("not executed"))
                && own.subList(0, Math.min(failed, theirs.size() - 1))
                        .equals(theirs.subList(0, Math.min(failed, theirs.size() - 1)));
    }

    private static boolean fractionsAreShorter(Exchange exchange) {
        return exchange.reference().status() == exchange.ours().status()
                && shortened(exchange.reference()).equals(exchange.ours().body());
    }

    private static String shortened(Answer answer) {
        return FRACTION.matcher(answer.body()).replaceAll("$1");
    }
}
