package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogLineTests {

    private static String line(@Nullable String forwarded, @Nullable String authorization, @Nullable String query) {
        return line(forwarded, authorization, query, Map.of(), "curl/8");
    }

    private static String line(
            @Nullable String forwarded,
            @Nullable String authorization,
            @Nullable String query,
            Map<String, String> form,
            String userAgent) {
        return new AccessLogLine(
                        "127.0.0.1",
                        forwarded,
                        authorization,
                        Instant.EPOCH,
                        "GET",
                        "/query",
                        query,
                        "HTTP/1.1",
                        form,
                        200,
                        57,
                        null,
                        userAgent,
                        "id-1",
                        1234)
                .toString();
    }

    @Test
    void toStringWhenParametersThenSortedAndWithoutThePassword() {
        assertThat(line(null, null, "u=joe&q=SHOW+DATABASES&p=secret"))
                .startsWith("127.0.0.1 - joe [")
                .endsWith(
                        "] \"GET /query?p=%5BREDACTED%5D&q=SHOW+DATABASES&u=joe HTTP/1.1\" 200 57 \"-\" \"curl/8\" id-1"
                                + " 1234");
    }

    @Test
    void toStringWhenBasicThenNamesTheUser() {
        String basic = Base64.getEncoder().encodeToString("joe:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(line("1.2.3.4", "Basic " + basic, null))
                .startsWith("1.2.3.4,127.0.0.1 - joe [")
                .contains("\"GET /query HTTP/1.1\"")
                .doesNotContain(basic);
        assertThat(line(null, "Bearer a.b.c", null))
                .startsWith("127.0.0.1 - - [")
                .doesNotContain("a.b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER joe WITH PASSWORD 's3cret'",
                "create user joe with password  's3cret' with all privileges",
                "SET PASSWORD FOR joe='s3cret'",
                "SET PASSWORD FOR joe = 'it\\'s s3cret'",
                "CREATE USER joe WITH PASSWORD = 's3cret'",
                "CREATE USER joe WITH PASSWORD 's3cret",
                "CREATE USER joe WITH PASSWORD\n's3cret'"
            })
    void toStringWhenStatementHasAPasswordThenRedactsIt(String statement) {
        String query = "q=" + java.net.URLEncoder.encode(statement, StandardCharsets.UTF_8);
        assertThat(line(null, null, query)).doesNotContain("s3cret").contains("%5BREDACTED%5D");
        assertThat(line(null, null, null, Map.of("q", statement), "curl/8"))
                .doesNotContain("s3cret")
                .contains("[REDACTED]");
    }

    @Test
    void toStringWhenPasswordIsVeryLongThenRedactsIt() {
        String statement = "CREATE USER joe WITH PASSWORD '" + "s3cret\\'".repeat(125_000) + "'";
        assertThat(line(null, null, null, Map.of("q", statement), "curl/8"))
                .contains("{'q': 'CREATE USER joe WITH PASSWORD [REDACTED]'}");
    }

    @Test
    void toStringWhenFormThenItsFieldsStandBehindTheProtocol() {
        assertThat(line(null, null, "db=x", Map.of("q", "SHOW \"DATABASES\"", "p", "s3cret", "db", "x"), "curl/8"))
                .contains(
                        "\"GET /query?db=x HTTP/1.1 {'db': 'x'}, {'p': '[REDACTED]'}, {'q': 'SHOW \\\"DATABASES\\\"'}\""
                                + " 200 57");
    }

    @Test
    void toStringWhenAClientChoosesLineEndsOrQuotesThenTheyAreEscaped() {
        String line = line(
                "1.2.3.4\u2028", null, "u=joe%0A127.0.0.1+-+root", Map.of("q", "a\r\nb"), "x\" 200 1 \"\\\u001b[2J");
        assertThat(line)
                .startsWith("1.2.3.4\\u2028,127.0.0.1 - joe\\n127.0.0.1 - root [")
                .contains("{'q': 'a\\r\\nb'}")
                .contains("\"x\\\" 200 1 \\\"\\\\\\u001b[2J\"");
        assertThat(line.lines()).hasSize(1);
    }
}
