package dev.sluice.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherQuestionsTests {

    @Test
    void withoutRepeatedTagsWhenATagStandsTwiceThenItStandsOnce() {
        assertThat(OtherQuestions.withoutRepeatedTags(
                        "SELECT max(v) FROM m GROUP BY host, time(1s, -1s), \"r x\", host fill(1) LIMIT 2"))
                .isEqualTo("SELECT max(v) FROM m GROUP BY host, time(1s, -1s), \"r x\" fill(1) LIMIT 2");
        assertThat(OtherQuestions.withoutRepeatedTags("SELECT v FROM (SELECT v FROM m GROUP BY a, a) GROUP BY b"))
                .isEqualTo("SELECT v FROM (SELECT v FROM m GROUP BY a) GROUP BY b");
    }

    @Test
    void groupedByWhenInnerStatementHasTagsThenTheOuterOneKeepsThemApart() {
        String statement =
                "SELECT x FROM (SELECT max(v) AS x FROM m WHERE s = ')' GROUP BY time(1s), host fill(0) LIMIT 3)";
        assertThat(OtherQuestions.innerTags(statement)).containsExactly("host");
        assertThat(OtherQuestions.groupedBy(statement + " WHERE x > 1 ORDER BY time DESC LIMIT 1", Set.of("host")))
                .isEqualTo(statement + " WHERE x > 1 GROUP BY host ORDER BY time DESC");
        assertThat(OtherQuestions.groupedBy(statement + " GROUP BY time(2s), host fill(1)", Set.of("host")))
                .isEqualTo(statement + " GROUP BY host, time(2s) fill(1)");
    }

    @Test
    void ascendingWhenDescendingThenWithoutOrder() {
        assertThat(OtherQuestions.ascending("SELECT v FROM m ORDER BY time DESC LIMIT 1"))
                .isEqualTo("SELECT v FROM m LIMIT 1");
    }

    @Test
    void whereWhenThereAreConditionsOrNoneThenTheNewOneIsAmongThem() {
        assertThat(OtherQuestions.where("SELECT v FROM m where a > 1 GROUP BY b", "t = 'x'"))
                .isEqualTo("SELECT v FROM m where t = 'x' AND a > 1 GROUP BY b");
        assertThat(OtherQuestions.where("SELECT v FROM m GROUP BY b LIMIT 1", "t = 'x'"))
                .isEqualTo("SELECT v FROM m WHERE t = 'x' GROUP BY b LIMIT 1");
        assertThat(OtherQuestions.where("SELECT v FROM m LIMIT 1", "t = 'x'"))
                .isEqualTo("SELECT v FROM m WHERE t = 'x' LIMIT 1");
    }

    @Test
    void withLowerBoundWhenInnerStatementsHaveBoundsTooThenOnlyTheOuterOneChanges() {
        String inner = "SELECT sum(v) AS x FROM m WHERE time >= 3s GROUP BY time(1h)";
        String statement = "SELECT mean(x) FROM (" + inner + ") WHERE time > '2020-01-01T00:00:00Z' - 1s AND x > 1";
        assertThat(OtherQuestions.innerStatements(statement)).containsExactly(inner);
        assertThat(OtherQuestions.lowerBound(statement)).contains("time > '2020-01-01T00:00:00Z' - 1s");
        assertThat(OtherQuestions.withLowerBound(statement, 5))
                .isEqualTo("SELECT mean(x) FROM (" + inner + ") WHERE time >= 5 AND x > 1");
    }
}
