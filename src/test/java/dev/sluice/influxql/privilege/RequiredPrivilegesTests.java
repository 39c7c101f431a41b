package dev.sluice.influxql.privilege;

import static dev.sluice.influxql.privilege.RequiredPrivilege.read;
import static dev.sluice.influxql.privilege.RequiredPrivilege.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.influxql.tree.SubQuery;
import dev.sluice.influxql.tree.Wildcard;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredPrivilegesTests {

    @Test
    void everyKindOfStatementHasARule() {
        assertThat(new HashSet<Class<?>>(RequiredPrivileges.ruledStatements()))
                .isEqualTo(new HashSet<Class<?>>(Arrays.asList(Statement.class.getPermittedSubclasses())));
    }

    @Test
    void ofSelectThenSourcesInOrderAndTargetLast() {
        check("SELECT v FROM m", read(null));
        check("SELECT v FROM a..m, m, b..m, a..n", read("a"), read(null), read("b"));
        check("SELECT v INTO t..x FROM a..m", read("a"), write("t"));
        check("SELECT v INTO a..x FROM a..m", read("a"), write("a"));
        check(
                "SELECT v FROM a..m, (SELECT v FROM b..m, (SELECT v FROM c..m), d..m), e..m",
                read("a"),
                read("b"),
                read("c"),
                read("d"),
                read("e"));
    }

    @Test
    void ofSelectWhenDatabaseIsEmptyThenTheDefault() {
        check("SELECT v INTO \"\"..x FROM \"\"..m", read(null), write(null));
    }

    @Test
    void ofSelectWhenNestedDeeplyThenTheStackIsEnough() {
        SelectStatement select = select(new Measurement("deep", null, "m", null));
        for (int i = 0; i < 100_000; i++) {
            select = select(new SubQuery(select));
        }

        assertThat(RequiredPrivileges.of(select)).containsExactly(read("deep"));
    }

    @Test
    void ofContinuousQueryThenUnqualifiedNamesBelongToItsDatabase() {
        check(
                "CREATE CONTINUOUS QUERY c ON d BEGIN SELECT mean(v) INTO x FROM m, o..m GROUP BY time(1m) END",
                read("d"),
                read("o"),
                write("d"));
    }

    @Test
    void ofShowThenNamedDatabasesToo() {
        check("SHOW SERIES ON d FROM m, o..m, p..m", read("d"), read("o"), read("p"));
        check("SHOW TAG KEY EXACT CARDINALITY ON d FROM m", read("d"));
        check("SHOW MEASUREMENTS WITH MEASUREMENT =~ /m/", read(null));
    }

    private static SelectStatement select(Source source) {
        return new SelectStatement(
                List.of(new SelectField(new Wildcard(null), null)),
                null,
                List.of(source),
                null,
                List.of(),
                Fill.NULL,
                List.of(),
                0,
                0,
                0,
                0,
                null);
    }

    private static void check(String text, RequiredPrivilege... expected) {
        assertThat(RequiredPrivileges.of(InfluxqlParser.parseStatement(text)))
                .as(text)
                .containsExactly(expected);
    }
}
