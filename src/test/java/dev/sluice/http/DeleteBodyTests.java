package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.influxql.tree.DeleteStatement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteBodyTests {

    private static final String TIMES = "time >= '2020-01-01T00:00:00Z' AND time < '2020-01-02T00:00:00.000000001Z'";

    private static Optional<DeleteStatement> read(String json) throws DeleteBody.MalformedException {
        return DeleteBody.read(json.getBytes(StandardCharsets.UTF_8), new BucketName("d", "r"));
    }

    private static Optional<DeleteStatement> withPredicate(String predicate) throws DeleteBody.MalformedException {
        return read(
                "{\"start\":\"2020-01-01T00:00:00Z\",\"stop\":\"2020-01-02T01:00:00.000000001+01:00\",\"predicate\":"
                        + JsonText.quote(predicate) + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~                                                | DELETE WHERE TIMES
                    _measurement="m"                                  | DELETE FROM m WHERE TIMES
                    _measurement="it's" AND host="a"                  | DELETE FROM "it's" WHERE TIMES AND host = 'a'
                    (host='a' AND (zone = "b c")) AND _measurement=m  | DELETE FROM m WHERE TIMES AND host = 'a' AND zone = 'b c'
                    "_measurement"='m' AND _measurement="m"           | DELETE FROM m WHERE TIMES
                    """)
    void readWhenPredicateThenTheStatementItMeans(String predicate, String statement) throws Exception {
        assertThat(withPredicate(predicate).orElseThrow().toString()).isEqualTo(statement.replace("TIMES", TIMES));
    }

    @Test
    void readWhenTwoMeasurementsAreMeantAtOnceThenNothing() throws Exception {
        assertThat(withPredicate("_measurement=\"a\" AND _measurement=\"b\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host!=\"a\"",
                "host=\"a\" OR host=\"b\"",
                "host=~/a/",
                "host=1",
                "host",
                "time=\"2020-01-01T00:00:00Z\"",
                "'a'=host",
                "host=\"a\"+\"b\""
            })
    void readWhenPredicateIsMoreThanEqualitiesThenSaysSo(String predicate) {
        assertThatThrownBy(() -> withPredicate(predicate))
                .isInstanceOf(DeleteBody.MalformedException.class)
                .hasMessage("predicate only supports equality operators and conjunctions. database: \"d\", retention"
                        + " policy: \"r\", start: \"2020-01-01T00:00:00Z\", stop:"
                        + " \"2020-01-02T01:00:00.000000001+01:00\", predicate: \"" + predicate + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host=", "host=\"a\" x", "host=\"a\"; DROP DATABASE d", "AND", "host=\"a\" AND"})
    void readWhenPredicateCannotBeParsedThenSaysSo(String predicate) {
        assertThatThrownBy(() -> withPredicate(predicate))
                .isInstanceOf(DeleteBody.MalformedException.class)
                .hasMessageStartingWith("cannot parse predicate \"" + predicate + "\": found ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~                                    | cannot parse request body: EOF
                    x                                     | cannot parse request body: invalid character 'x' looking for beginning of value
                    []                                    | cannot parse request body: json: cannot unmarshal array into an object
                    {"start":1}                           | cannot parse request body: json: cannot unmarshal number into field start of type string
                    {"start":"a","stop":"b","predcate":""} | cannot parse request body: json: unknown field "predcate"
                    {}                                    | start field in RFC3339Nano format required
                    {"start":"2020-01-01T00:00:00Z"}      | stop field in RFC3339Nano format required
                    """)
    void readWhenBodyIsIncompleteThenSaysSo(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(DeleteBody.MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void readWhenTimeIsNoneThenSaysSo() {
        assertThatThrownBy(() -> read("{\"start\":\"x\",\"stop\":\"y\"}"))
                .hasMessage("invalid format for start field \"x\", please use RFC3339Nano: parsing time \"x\" as"
                        + " \"2006-01-02T15:04:05.999999999Z07:00\": cannot parse \"x\" as \"2006\"");
    }

    @Test
    void readWhenTimesAreOutOfRangeThenReachesAsFarAsTimesGo() throws Exception {
        assertThat(read("{\"start\":\"0001-01-01T00:00:00Z\",\"stop\":\"9999-01-01T00:00:00Z\"}")
                        .orElseThrow()
                        .toString())
                .isEqualTo("DELETE WHERE time >= '1677-09-21T00:12:43.145224194Z' AND"
                        + " time < '2262-04-11T23:47:16.854775806Z'");
        assertThat(read("{\"start\":\"1677-09-21T00:12:43.5Z\",\"stop\":\"1969-12-31T23:59:59.5Z\"}")
                        .orElseThrow()
                        .toString())
                .isEqualTo("DELETE WHERE time >= '1677-09-21T00:12:43.5Z' AND time < '1969-12-31T23:59:59.5Z'");
    }
}
