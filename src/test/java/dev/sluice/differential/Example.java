package dev.sluice.differential;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with the answer that is expected, as a file of examples has it.
 *
 * @param section of the file, which says what the examples are about
 * @param line of the request in the file
 * @param request as written, line by line
 * @param difference the place in docs/compatibility.md when Sluice answers otherwise on purpose; null where it does not
 * @param answer as written, line by line; empty when nobody has recorded it
 */
record Example(
        String section,
        int line,
        List<String> request,
        @Nullable String difference,
        List<String> answer) {

    /** Whether the answer is a regular expression, because parts of it are never the same. */
    boolean isPattern() {
        return answer.stream().anyMatch(line -> line.startsWith("<~"));
    }

    /** Whether it must not be asked of influxd, which runs out of memory over it. */
    boolean isDeadly() {
        return "statements that influxd does not survive".equals(difference);
    }

    /** Whether influxd sometimes answers so, and sometimes not. */
    boolean isByChance() {
        return "rows of several series at the same time".equals(difference);
    }
}
