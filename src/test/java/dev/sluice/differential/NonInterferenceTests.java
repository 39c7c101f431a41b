package dev.sluice.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.Permissions;
import dev.sluice.account.UserAccess;
import dev.sluice.account.UserAccount;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.TagMatcher;
import dev.sluice.account.rule.TestRules;
import dev.sluice.model.Privilege;
import dev.sluice.model.SeriesKey;
import dev.sluice.statement.access.RestrictedEngine;
import dev.sluice.storage.index.CanonicalKeys;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services, one with series that a user may not see and one without them: whatever the user asks, the answers are the
 * same. {@code -Dinterference.seed} draws other data and statements.
 */
class NonInterferenceTests {

    private static final int STATEMENTS = 2_500;
    private static final int CHANGES = 150;
    private static final long SEED = Long.getLong("interference.seed", 1);

    private static final String HIDDEN_LINES = String.join(
            "\n",
            "secret,host=a x=1 1000000000",
            "secret,host=a x=1 900000000000000000",
            "cpu,host=b,region=moon v=1,zz=\"only here\",b=true 5000000000",
            "cpu,host=b hidden=1i 1400000000000000000",
            "cpu,host=b,nosuch=tag v=9 1300000000000000000",
            "load,host=h9,dc=x f=1,fonly=2i 1600000000000000000",
            "mem,host=q,rack=9 free=1i,extra=true 1200000000000000000",
            "sys\\ log,select=9 other=1 " + "1577836800000000000",
            "");

    private final TestRules rules = new TestRules()
            .restrict(Dataset.DATABASE, NameMatcher.exact("cpu"), new TagMatcher("host", NameMatcher.exact("b")))
            .restrict(Dataset.DATABASE, NameMatcher.exact("mem"))
            .restrict(Dataset.DATABASE, NameMatcher.exact("load"))
            .restrict(Dataset.DATABASE, NameMatcher.prefix("sec"))
            .restrict(Dataset.DATABASE, NameMatcher.exact("sys log"), new TagMatcher("select", NameMatcher.prefix("")))
            .grantTo("joe", Dataset.DATABASE, NameMatcher.exact("load"), tag("host", "h0"))
            .grantToRole("ops", Dataset.DATABASE, NameMatcher.prefix("lo"), tag("rack", "r1"))
            .grantTo("ann", Dataset.DATABASE, null);

    private final Caller joe = Caller.of(new UserAccount(
            "joe",
            false,
            Map.of(Dataset.DATABASE, Privilege.ALL),
            new UserAccess(Set.of("ops"), Permissions.NONE, Permissions.NONE)));

    private static TagMatcher tag(String key, String start) {
        return new TagMatcher(key, NameMatcher.prefix(start));
    }

    /** The rules above in other words. */
    private static boolean isHidden(SeriesKey series) {
        return switch (series.measurement()) {
            case "secret", "mem" -> true;
            case "cpu" -> series.tags().valueOrEmpty("host").equals("b");
            case "load" ->
                !series.tags().valueOrEmpty("host").startsWith("h0")
                        && !series.tags().valueOrEmpty("rack").startsWith("r1");
            case "sys log" -> !series.tags().valueOrEmpty("select").isEmpty();
            default -> false;
        };
    }

    @Test
    void answersDoNotDependOnWhatIsHidden(@TempDir Path directory) {
        try (RestrictedEngine full = new RestrictedEngine(directory.resolve("full"), rules);
                RestrictedEngine bare = new RestrictedEngine(directory.resolve("bare"), rules)) {
            load(full, true);
            load(bare, false);
            ItemSource questions = new ItemSource(
                    SEED,
                    EnumSet.of(
                            Kind.SHOW, Kind.CARDINALITY, Kind.RAW, Kind.AGGREGATE, Kind.TRANSFORMATION, Kind.SUBQUERY));
            int answered = 0;
            for (int i = 0; i < STATEMENTS; i++) {
                String statement = questions.item(i).requests().get(0).body();
                String asked = i % 10 == 0 && statement.startsWith("SELECT") ? "EXPLAIN " + statement : statement;
                String answer = ask(full, bare, asked);
                answered += answer.contains("(") && !answer.contains("error:") ? 1 : 0;
            }
            assertThat(answered).as("statements with rows").isGreaterThan(STATEMENTS / 4);

            String hiddenBefore = hidden(full);
            Choice choice = new Choice(SEED);
            for (int i = 0; i < CHANGES; i++) {
                ask(full, bare, change(choice));
                ask(full, bare, "SHOW SERIES; SHOW FIELD KEYS; SELECT * FROM /./");
            }
            assertThat(hidden(full)).isEqualTo(hiddenBefore);
        }
    }

    private static void load(RestrictedEngine engine, boolean withHidden) {
        boolean first = true;
        for (Request request : Dataset.load(SEED)) {
            if (request.isQuery()) {
                engine.run(Caller.UNRESTRICTED, "", request.body());
                continue;
            }
            if (first && withHidden) {
                engine.write(Caller.UNRESTRICTED, Dataset.DATABASE, "", HIDDEN_LINES);
            }
            first = false;
            StringBuilder kept = new StringBuilder();
            for (String line : request.body().split("\n")) {
                if (withHidden || !isHidden(series(line))) {
                    kept.append(line).append('\n');
                }
            }
            engine.write(
                    Caller.UNRESTRICTED,
                    Dataset.DATABASE,
                    request.parameters().getOrDefault("rp", ""),
                    kept.toString());
        }
    }

    private static SeriesKey series(String line) {
        int end = 0;
        while (line.charAt(end) != ' ' || line.charAt(end - 1) == '\\') {
            end++;
        }
        return CanonicalKeys.parse(line.substring(0, end));
    }

    private String ask(RestrictedEngine full, RestrictedEngine bare, String statements) {
        String expected = bare.run(joe, Dataset.DATABASE, statements);

        assertThat(full.run(joe, Dataset.DATABASE, statements)).as(statements).isEqualTo(expected);
        return expected;
    }

    private static String hidden(RestrictedEngine engine) {
        return engine.run(
                Caller.UNRESTRICTED,
                Dataset.DATABASE,
                "SELECT * FROM cpu WHERE host = 'b'; SELECT * FROM mem; SELECT * FROM secret;"
                        + "SELECT * FROM load WHERE host !~ /^h0/ AND rack !~ /^r1/;"
                        + "SELECT * FROM \"sys log\" WHERE \"select\" != ''");
    }

    private static String change(Choice choice) {
        String from = choice.of("cpu", "mem", "load", "secret", "/./", "m", "\"sys log\"", "elsewhere");
        return switch (choice.below(6)) {
            case 0 -> "DELETE FROM " + from + " WHERE time < " + choice.of("2s", "1577836900s", "1577900000s");
            case 1 -> "DELETE FROM " + from + " WHERE host = '" + choice.of("a", "b", "h0", "h1") + "' AND time > 3s";
            case 2 -> "DELETE WHERE v > " + choice.of("1", "zz", "hidden");
            case 3 -> "DROP SERIES FROM " + from + " WHERE host =~ /" + choice.of("b", "h3", "q") + "/";
            case 4 -> "DROP MEASUREMENT " + choice.of("mem", "secret", "copy");
            default ->
                "SELECT * INTO " + choice.of("copy", "copy2", "secret2", "mem") + " FROM " + from
                        + choice.of("", " GROUP BY *");
        };
    }
}
