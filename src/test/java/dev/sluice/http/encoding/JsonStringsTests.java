package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class JsonStringsTests {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void putWhenSpecialThenEscapedAsGoDoes() {
        assertThat(put("a\"b\\c\n\r\t\b\f\u0000\u001f\u007f/é€😀<>&\u2028\u2029\u2027\u202a"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f/é€😀"
                        + "\\u003c\\u003e\\u0026\\u2028\\u2029\u2027\u202a\"");
    }

    @ParameterizedTest
    @CsvSource({
        "ff, \\ufffd",
        "80, \\ufffd",
        "c3, \\ufffd",
        "c328, \\ufffd(",
        "e282, \\ufffd\\ufffd",
        "c080, \\ufffd\\ufffd",
        "eda080, \\ufffd\\ufffd\\ufffd",
        "f4908080, \\ufffd\\ufffd\\ufffd\\ufffd",
        "f09f9880, 😀",
        "61ff62, a\\ufffdb"
    })
    void putWhenNotUtf8ThenReplacementForEachByte(String hex, String expected) {
        ByteOutput out = new ByteOutput(1);
        JsonStrings.put(out, HexFormat.of().parseHex(hex));
        assertThat(out.toString()).isEqualTo('"' + expected + '"');
    }

    @Property
    void putWhenAnyTextThenReadsBack(@ForAll String text) {
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(MAPPER.readValue(put(wellFormed), String.class)).isEqualTo(wellFormed);
    }

    private static String put(String text) {
        ByteOutput out = new ByteOutput(1);
        JsonStrings.put(out, text);
        return out.toString();
    }
}
