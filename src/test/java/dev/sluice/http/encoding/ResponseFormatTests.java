package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseFormatTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | JSON",
                "application/json | JSON",
                "text/csv | CSV",
                "application/csv | CSV",
                "Text/CSV;charset=utf-8 | CSV",
                "application/x-msgpack | MESSAGE_PACK",
                "*/* | JSON",
                "application/* | JSON",
                "text/* | CSV",
                "text/html | JSON",
                "text/html, application/x-msgpack | MESSAGE_PACK",
                "application/json;q=0.5, text/csv;q=0.9 | CSV",
                "application/json;q=0.9, text/csv;q=0.9 | JSON",
                "text/csv;q=0.1, */* | JSON",
                "text/csv;q=x | CSV",
                "',;,' | JSON"
            })
    void negotiateWhenHeaderThenFirstKnownByWeight(String accept, ResponseFormat expected) {
        assertThat(ResponseFormat.negotiate(accept)).isEqualTo(expected);
    }
}
