package dev.sluice.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.TestUsers;
import dev.sluice.account.UserAccount;
import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Privilege;
import dev.sluice.statement.StatementAccessTable.Row;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementAuthorizerTests {

    private final TestUsers users = new TestUsers();
    private final StatementAuthorizer authorizer = new StatementAuthorizer(users);

    @Test
    void tableCoversEveryKindOfStatement() {
        Set<Class<?>> covered = StatementAccessTable.ROWS.stream()
                .map(row -> row.statement().getClass())
                .collect(Collectors.toSet());

        assertThat(covered).isEqualTo(new HashSet<>(Arrays.asList(Statement.class.getPermittedSubclasses())));
    }

    static Stream<Row> rows() {
        return StatementAccessTable.ROWS.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void authorizeWhenUserHasPrivilegeThenAsInTheTable(Row row) {
        users.create("joe", "", false);
        List<Statement> statements = List.of(row.statement());

        check(statements, joe(Map.of()), row.refusal("joe", row.withoutGrant()));
        check(statements, joe(Map.of("db1", Privilege.NONE)), row.refusal("joe", row.withoutGrant()));
        check(statements, joe(Map.of("db1", Privilege.READ)), row.refusal("joe", row.withRead()));
        check(statements, joe(Map.of("db1", Privilege.WRITE)), row.refusal("joe", row.withWrite()));
        check(statements, joe(Map.of("db1", Privilege.ALL)), row.refusal("joe", row.withAll()));
        check(statements, Caller.of(new UserAccount("root", true, Map.of())), null);
        check(statements, Caller.UNRESTRICTED, null);
        check(statements, Caller.ANONYMOUS, "error authorizing query: no user provided");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void authorizeWhenThereIsNoUserThenOnlyTheFirstAdminMayBeCreated(Row row) {
        boolean createsAdmin =
                row.text().startsWith("CREATE USER") && row.text().endsWith("WITH ALL PRIVILEGES");

        check(
                List.of(row.statement()),
                Caller.ANONYMOUS,
                createsAdmin ? null : "error authorizing query: create admin user first or disable authentication");
    }

    @Test
    void authorizeWhenFirstStatementCreatesTheAdminThenTheWholeRequestRuns() {
        String first = "CREATE USER root WITH PASSWORD 'x' WITH ALL PRIVILEGES";
        String refusal = "error authorizing query: create admin user first or disable authentication";

        check(parse(first + "; CREATE DATABASE x; DROP USER root"), Caller.ANONYMOUS, null);
        check(parse("CREATE DATABASE x; " + first), Caller.ANONYMOUS, refusal);
        check(parse("CREATE USER joe WITH PASSWORD 'x'; " + first), Caller.ANONYMOUS, refusal);
        check(List.of(), Caller.ANONYMOUS, refusal);
    }

    @Test
    void authorizeWhenOneStatementIsForbiddenThenTheRequestIs() {
        check(
                parse("SHOW DATABASES; SELECT v FROM m; DROP DATABASE db1; SELECT v FROM db2..m"),
                joe(Map.of("db1", Privilege.ALL)),
                "error authorizing query: joe not authorized to execute statement 'DROP DATABASE db1',"
                        + " requires admin privilege");
    }

    @Test
    void authorizeWhenNoDatabaseIsGivenThenTextEndsWithIts() {
        assertThat(authorizer
                        .authorize(joe(Map.of("db1", Privilege.ALL)), parse("SHOW QUERIES"), "")
                        .refusal())
                .isEqualTo("error authorizing query: joe not authorized to execute statement 'SHOW QUERIES',"
                        + " requires READ on ");
    }

    @Test
    void authorizeWhenAllPrivilegesThenBothHalves() {
        check(parse("SELECT v INTO x FROM m; DELETE FROM m"), joe(Map.of("db1", Privilege.ALL)), null);
    }

    @Test
    void authorizeWhenDatabaseDiffersInCaseThenRefused() {
        check(
                parse("SELECT v FROM DB1..m"),
                joe(Map.of("db1", Privilege.ALL)),
                "error authorizing query: joe not authorized to execute statement 'SELECT v FROM DB1..m',"
                        + " requires READ on DB1");
    }

    private void check(List<Statement> statements, Caller caller, @Nullable String refusal) {
        Authorization authorization = authorizer.authorize(caller, statements, "db1");

        assertThat(authorization.refusal()).as("%s as %s", statements, caller).isEqualTo(refusal);
        assertThat(authorization.isAllowed()).isEqualTo(refusal == null);
    }

    private static List<Statement> parse(String text) {
        return InfluxqlParser.parseQuery(text, BoundParameters.NONE);
    }

    private static Caller joe(Map<String, Privilege> grants) {
        return Caller.of(new UserAccount("joe", false, grants));
    }
}
