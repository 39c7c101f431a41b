package dev.sluice.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What counts as a difference on purpose, and what only looks like one. */
class ComparisonTests {

    private static Answer json(String body) {
        return new Answer(200, "application/json", body);
    }

    private static String series(String columns, String rows) {
        return "{\"results\":[{\"statement_id\":0,\"series\":[{\"columns\":[" + columns + "],\"values\":[" + rows
                + "]}]}]}\n";
    }

    /** The verdict on two answers to statements; nothing more can be asked. */
    private static Verdict judge(String statements, Answer reference, Answer ours) {
        return judge(statements, reference, ours, request -> reference, request -> ours);
    }

    private static Verdict judge(
            String statements, Answer reference, Answer ours, Exchange.Asked theirs, Exchange.Asked own) {
        return Comparison.judge(new Exchange(Request.query("d", statements), reference, ours, theirs, own));
    }

    @Test
    void rulesNameARowOfTheDocumentation() throws Exception {
        Set<String> rows = Files.readAllLines(Path.of("docs", "compatibility.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .collect(Collectors.toSet());
        assertThat(Comparison.INTENDED)
                .extracting(IntendedDifference::documented)
                .isSubsetOf(rows);
        assertThat(rows).contains(GhostSeries.DOCUMENTED);
    }

    @Test
    void judgeWhenRowsOfOneTimeAreMixedThenIntended() {
        Answer reference = json(series("\"time\",\"v\"", "[1,2],[1,3],[2,4]"));
        Answer mixed = json(series("\"time\",\"v\"", "[1,3],[1,2],[2,4]"));
        assertThat(judge("SELECT v FROM m", reference, mixed).outcome()).isEqualTo(Verdict.Outcome.INTENDED);
        assertThat(judge("SHOW SERIES", reference, mixed)).isEqualTo(Verdict.DIFFERENT);
        Answer otherTimes = json(series("\"time\",\"v\"", "[1,2],[2,4],[1,3]"));
        assertThat(judge("SELECT v FROM m", reference, otherTimes)).isEqualTo(Verdict.DIFFERENT);
        Answer otherRows = json(series("\"time\",\"v\"", "[1,2],[1,2],[2,4]"));
        assertThat(judge("SELECT v FROM m", reference, otherRows)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenOnlyTheSignOfAnIntegerIsGoneThenIntended() {
        Answer reference = json(series("\"time\",\"abs\",\"v\"", "[-1,-7,-2]"));
        assertThat(judge("SELECT abs(i), v FROM m", reference, json(series("\"time\",\"abs\",\"v\"", "[-1,7,-2]")))
                        .outcome())
                .isEqualTo(Verdict.Outcome.INTENDED);
        assertThat(judge("SELECT i, v FROM m", reference, json(series("\"time\",\"abs\",\"v\"", "[-1,7,-2]"))))
                .isEqualTo(Verdict.DIFFERENT);
        Answer positive = json(series("\"time\",\"abs\"", "[1,7]"));
        assertThat(judge("SELECT abs(i) FROM m", positive, json(series("\"time\",\"abs\"", "[1,-7]"))))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenOffsetStandsAloneThenReferenceIsAskedWithALimit() {
        Answer one = json(series("\"time\",\"v\"", "[2,2]"));
        Answer all = json(series("\"time\",\"v\"", "[2,2],[3,3]"));
        String statement = "SELECT v FROM m OFFSET 1";
        Exchange.Asked honest = request -> request.body().equals("SELECT v FROM m LIMIT 1000000 OFFSET 1") ? all : one;
        assertThat(judge(statement, one, all, honest, request -> all).reason()).isEqualTo("OFFSET without LIMIT");
        assertThat(judge(statement, one, all, request -> one, request -> all)).isEqualTo(Verdict.DIFFERENT);
        assertThat(judge("SELECT v FROM m LIMIT 5 OFFSET 1", one, all)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenSeriesOfAnotherPolicyAreListedThenTheRestIsTheSame() {
        Answer theirs = json(series("\"key\"", "[\"cpu,host=a\"],[\"m\"]"));
        Answer whole = json(series("\"key\"", "[\"cpu,host=a\"],[\"cpu,host=z\"],[\"m\"]"));
        Answer page = json(series("\"key\"", "[\"cpu,host=a\"],[\"cpu,host=z\"]"));
        String statement = "SHOW SERIES LIMIT 2";
        Exchange.Asked own = request -> request.body().equals(statement) ? page : whole;
        assertThat(judge(statement, theirs, page, request -> theirs, own).reason())
                .isEqualTo("`SHOW SERIES` over several retention policies");
        Answer wrongPage = json(series("\"key\"", "[\"cpu,host=z\"],[\"m\"]"));
        assertThat(judge(statement, theirs, wrongPage, request -> theirs, own)).isEqualTo(Verdict.DIFFERENT);
        Answer shorter = json(series("\"key\"", "[\"cpu,host=a\"]"));
        assertThat(judge("SHOW SERIES", theirs, shorter)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenCountsAreNoSumOfSeriesThenDifferent() {
        Answer theirs = json(series("\"count\"", "[56]"));
        Answer ours = json(series("\"count\"", "[2]"));
        Answer list = json(series("\"key\"", "[\"a\"],[\"b\"]"));
        Exchange.Asked own = request -> request.body().contains("CARDINALITY") ? ours : list;
        String statement = "SHOW SERIES EXACT CARDINALITY FROM m";
        assertThat(judge(statement, theirs, ours, request -> theirs, own).outcome())
                .isEqualTo(Verdict.Outcome.INTENDED);
        Answer wrong = json(series("\"count\"", "[3]"));
        assertThat(judge(statement, theirs, wrong, request -> theirs, own)).isEqualTo(Verdict.DIFFERENT);
        assertThat(judge("SHOW TAG KEY CARDINALITY", theirs, ours, request -> theirs, own))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenReferenceFailsToEncodeThenInfiniteNumbersAreNull() {
        Answer reference = json("json: error calling MarshalJSON for type httpd.Response: unsupported value: +Inf\n");
        assertThat(judge("SELECT exp(v) FROM m", reference, json(series("\"time\",\"exp\"", "[0,null]")))
                        .reason())
                .isEqualTo("infinite numbers in an answer");
        assertThat(judge("SELECT exp(v) FROM m", reference, json(series("\"time\",\"exp\"", "[0,1]"))))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenOneStatementFailedThenTheRestIsNotExecuted() {
        Answer reference = json("{\"results\":[{\"statement_id\":0,\"error\":\"not executed\"}]}\n");
        Answer ours = json("{\"results\":[{\"statement_id\":0,\"error\":\"database not found: x\"},"
                + "{\"statement_id\":1,\"error\":\"not executed\"}]}\n");
        assertThat(judge("SELECT v FROM x..m; SELECT v FROM m", reference, ours).reason())
                .isEqualTo("statements after a failed one");
        Answer executed = json(
                "{\"results\":[{\"statement_id\":0,\"error\":\"database not found: x\"}," + "{\"statement_id\":1}]}\n");
        assertThat(judge("SELECT v FROM x..m; SELECT v FROM m", reference, executed))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenOneWriteHasTwoTypesThenOtherDataIsLeft() {
        Answer reference = new Answer(400, "application/json", "{\"error\":\"field type conflict\"}\n");
        Answer ours = new Answer(
                400,
                "application/json",
                "{\"error\":\"partial write: field type conflict: input field \\\"x\\\" on measurement \\\"m\\\" is"
                        + " type string, already exists as type float dropped=1\"}\n");
        Request two = Request.write("d", "m x=1 1\nm x=\"a\" 2");
        Exchange exchange = new Exchange(two, reference, ours, request -> reference, request -> ours);
        assertThat(Comparison.judge(exchange).comparable()).isFalse();
        assertThat(Comparison.judge(exchange).outcome()).isEqualTo(Verdict.Outcome.INTENDED);
        Request one = Request.write("d", "m x=\"a\" 2");
        assertThat(Comparison.judge(new Exchange(one, reference, ours, request -> reference, request -> ours)))
                .isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void judgeWhenPrecisionIsKnownThenRefusalIsDifferent() {
        Answer written = new Answer(204, "application/json", "");
        Answer refused = new Answer(400, "application/json", "{\"error\":\"invalid precision \\\"x\\\"\"}\n");
        for (Map.Entry<String, Verdict.Outcome> each : Map.of(
                        "x", Verdict.Outcome.INTENDED, "ms", Verdict.Outcome.DIFFERENT)
                .entrySet()) {
            Request write = Request.write("d", "m x=1").with("precision", each.getKey());
            Exchange exchange = new Exchange(write, written, refused, request -> written, request -> refused);
            assertThat(Comparison.judge(exchange).outcome()).isEqualTo(each.getValue());
        }
    }

    @Test
    void windowsWhenOneIsSmallThenNeedBothBounds() {
        assertThat(Windows.areBounded("SELECT mean(v) FROM m GROUP BY time(1d)"))
                .isTrue();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m GROUP BY time(1s)"))
                .isFalse();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m WHERE time > 1s GROUP BY time(1s)"))
                .isFalse();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m WHERE time > 1s AND time < 9s GROUP BY time(1s)"))
                .isTrue();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m WHERE 1s < time AND 9s >= time GROUP BY time(1s)"))
                .isTrue();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m WHERE time = 1s GROUP BY time(1s)"))
                .isTrue();
        assertThat(Windows.areBounded("SELECT mean(x) FROM (SELECT mean(v) AS x FROM m WHERE time > 1s AND time < 9s"
                        + " GROUP BY time(1s)) GROUP BY time(2s)"))
                .isFalse();
        assertThat(Windows.areBounded("SELECT mean(v) FROM m WHERE time > 1s AND time < 9s GROUP BY time(1u)"))
                .isFalse();
    }
}
