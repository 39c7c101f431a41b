package dev.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTests {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true);
    private final ClientCommands commands = new ClientCommands(name -> null, out, out);

    @Test
    void whatIsNoCommandStartsTheService() {
        assertThat(commands.run(new String[0])).isEmpty();
        assertThat(commands.run(new String[] {"--influxdb.http.auth-enabled=true"}))
                .isEmpty();
        assertThat(commands.run(new String[] {"run", "--influxdb.http.auth-enabled=true"}))
                .isEmpty();
        assertThat(commands.run(new String[] {"restore", "--from", "x"})).isEmpty();
    }

    @Test
    void aMistypedCommandStartsNothing() {
        assertThat(commands.run(new String[] {"bakcup"})).isEqualTo(OptionalInt.of(2));
        assertThat(said.toString()).contains("unknown command \"bakcup\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-version", "-v"})
    void theVersionIsTold(String command) {
        assertThat(commands.run(new String[] {command})).isEqualTo(OptionalInt.of(0));
        assertThat(said.toString()).startsWith("Sluice v");
    }

    @Test
    void misuseIsTold() {
        assertThat(commands.run(new String[] {"import"})).isEqualTo(OptionalInt.of(2));
        assertThat(commands.run(new String[] {"export", "--nonsense", "1"})).isEqualTo(OptionalInt.of(2));
        assertThat(commands.run(new String[] {"export", "--database"})).isEqualTo(OptionalInt.of(2));
        assertThat(commands.run(new String[] {"import", "--path", "x", "--pps", "many"}))
                .isEqualTo(OptionalInt.of(2));
        assertThat(said.toString())
                .contains("option --path is needed")
                .contains("unknown option: --nonsense")
                .contains("option --database needs a value")
                .contains("option --pps is no number: many");
        assertThat(commands.run(new String[] {"help"})).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void optionsAreReadInEverySpelling() {
        Options options =
                Options.read(List.of("-a", "1", "--b=2=3", "--c", "-d"), Set.of("a", "b"), Set.of("c", "d", "e"));
        assertThat(options.value("a", "")).isEqualTo("1");
        assertThat(options.value("b", "")).isEqualTo("2=3");
        assertThat(options.isSet("c")).isTrue();
        assertThat(options.isSet("d")).isTrue();
        assertThat(options.isSet("e")).isFalse();
        assertThatThrownBy(() -> Options.read(List.of("a"), Set.of("a"), Set.of()))
                .hasMessage("unexpected argument: a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m v=\"open",
                "m,t=a\\ b v=\"open",
                "m,t=q\"uote v=\"a\",w=\"open",
                "m v=\"a \\\" open",
                "m\\ \"x v=\"open"
            })
    void aStringThatIsNotClosedGoesOn(String line) {
        assertThat(Quotes.areOpen(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m v=1", "m v=\"closed\" 1", "m,t=q\"uote v=1 1", "m v=\"a\\\\\" 1", "m\\ \"x v=1"})
    void aStringThatIsClosedDoesNot(String line) {
        assertThat(Quotes.areOpen(line)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE DATABASE db WITH NAME autogen | CREATE DATABASE \"new\" WITH NAME autogen",
                "CREATE DATABASE \"a b\" WITH DURATION 1h NAME x | CREATE DATABASE \"new\" WITH DURATION 1h NAME x",
                "CREATE RETENTION POLICY rp ON db DURATION 1h REPLICATION 1 | "
                        + "CREATE RETENTION POLICY rp ON \"new\" DURATION 1h REPLICATION 1",
                "SHOW DATABASES | SHOW DATABASES"
            })
    void definitionsAreForTheOtherDatabase(String statement, String renamed) {
        assertThat(Import.Renaming.of(statement, "new")).isEqualTo(renamed);
    }
}
