package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorBodyTests {

    @Test
    void encodeWhenErrorThenInTheFormatsOwnForm() {
        assertThat(text(ResponseFormat.JSON, false)).isEqualTo("{\"error\":\"a \\\"b\\\", \\u003cc\\u003e\"}\n");
        assertThat(text(ResponseFormat.JSON, true))
                .isEqualTo("{\n    \"error\": \"a \\\"b\\\", \\u003cc\\u003e\"\n}\n");
        assertThat(text(ResponseFormat.CSV, false)).isEqualTo("error\n\"a \"\"b\"\", <c>\"\n");
        assertThat(text(ResponseFormat.MESSAGE_PACK, false)).isEqualTo("\ufffd\ufffderror\ufffda \"b\", <c>");
    }

    private static String text(ResponseFormat format, boolean pretty) {
        return new String(ErrorBody.encode(format, pretty, "a \"b\", <c>"), StandardCharsets.UTF_8);
    }
}
