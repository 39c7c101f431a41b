package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryStringTests {

    @Test
    void parseWhenPlainThenKeepsOrderAndRepetition() {
        check("a=1&b=2&a=3", Map.of("a", List.of("1", "3"), "b", List.of("2")));
        assertThat(QueryString.parse("b=1&a=2&b=3").values().keySet()).containsExactly("b", "a");
    }

    @Test
    void parseWhenNothingThenEmpty() {
        check(null, Map.of());
        check("", Map.of());
        check("&", Map.of());
        check("&&&", Map.of());
    }

    @Test
    void parseWhenPartIsMissingThenEmptyNameOrValue() {
        check("a", Map.of("a", List.of("")));
        check("a=", Map.of("a", List.of("")));
        check("=x", Map.of("", List.of("x")));
        check("=", Map.of("", List.of("")));
        check("a=b=c", Map.of("a", List.of("b=c")));
        check("&a=1&", Map.of("a", List.of("1")));
    }

    @Test
    void parseWhenEscapedThenDecoded() {
        check("q=SELECT+%2A%20FROM+m", Map.of("q", List.of("SELECT * FROM m")));
        check("p=%2B+%26%3D%25%3B", Map.of("p", List.of("+ &=%;")));
        check("%75=joe", Map.of("u", List.of("joe")));
        check("p=p%C3%A4%e2%82%ac", Map.of("p", List.of("pä€")));
        check("p=pä€😀%20", Map.of("p", List.of("pä€😀 ")));
        check("p=%00", Map.of("p", List.of("\0")));
    }

    @Test
    void parseWhenBytesAreNotUtf8ThenReplaced() {
        check("p=a%FFb", Map.of("p", List.of("a\uFFFDb")));
        check("p=%c3%28", Map.of("p", List.of("\uFFFD(")));
    }

    @Test
    void parseWhenEscapeIsWrongThenDropsThePairOnly() {
        check("a=%&b=1", Map.of("b", List.of("1")));
        check("a=%4&b=1", Map.of("b", List.of("1")));
        check("a=%zz&b=1", Map.of("b", List.of("1")));
        check("%g0=1&b=1", Map.of("b", List.of("1")));
        check("a=%4\u0661&b=1", Map.of("b", List.of("1")));
        check("a=1&a=%x&a=2", Map.of("a", List.of("1", "2")));
    }

    @Test
    void parseWhenRawSemicolonThenDropsThePairOnly() {
        check("q=a;b&db=d", Map.of("db", List.of("d")));
        check("a;b=1&c=2", Map.of("c", List.of("2")));
        check("a=1;b=2", Map.of());
    }

    @Test
    void parseWhenCharactersAreForbiddenInUrlsThenKeepsThem() {
        check("q=\"a\"{}|\\^`<>[]'", Map.of("q", List.of("\"a\"{}|\\^`<>[]'")));
        check("q=a?b#c", Map.of("q", List.of("a?b#c")));
    }

    @Test
    void firstWhenAbsentThenEmpty() {
        QueryString query = QueryString.parse("a=&b=1&b=2");

        assertThat(query.first("a")).isEmpty();
        assertThat(query.first("b")).isEqualTo("1");
        assertThat(query.first("c")).isEmpty();
        assertThat(query.first("B")).isEmpty();
        assertThat(query.contains("a")).isTrue();
        assertThat(query.contains("c")).isFalse();
    }

    @Test
    void toStringShowsNoValues() {
        assertThat(QueryString.parse("u=joe&p=secret")).hasToString("QueryString[u, p]");
    }

    @Property
    void parseAfterEncodingGivesTheSame(@ForAll String name, @ForAll String value) {
        String raw = encode(name) + "=" + encode(value);
        String expectedName = utf8(name);

        assertThat(QueryString.parse(raw).values()).containsExactly(Map.entry(expectedName, List.of(utf8(value))));
    }

    @Property
    void parseNeverFails(@ForAll String raw) {
        assertThat(QueryString.parse(raw)).isNotNull();
    }

    private static void check(String raw, Map<String, List<String>> expected) {
        assertThat(QueryString.parse(raw).values()).isEqualTo(expected);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Lone surrogates cannot be written in UTF-8; the encoder turns them into question marks. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
