package dev.sluice.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.TimeRange;
import org.junit.jupiter.api.Test;

class ScheduledSelectTests {

    private static final TimeRange RANGE = new TimeRange(10_000_000_000L, 19_999_999_999L);

    private static String over(String select) {
        return ScheduledSelect.parse("CREATE CONTINUOUS QUERY c ON d BEGIN " + select + " END")
                .over(RANGE, 0)
                .toString();
    }

    @Test
    void overWhenThereIsNoConditionThenOneOnTime() {
        assertThat(over("SELECT mean(v) INTO o FROM m GROUP BY time(10s)"))
                .isEqualTo("SELECT mean(v) INTO o FROM m WHERE time >= '1970-01-01T00:00:10Z'"
                        + " AND time < '1970-01-01T00:00:20Z' GROUP BY time(10s)");
    }

    @Test
    void overWhenThereAreConditionsThenThoseOnTimeAreReplaced() {
        assertThat(
                        over(
                                "SELECT mean(v) INTO o FROM m WHERE time > now() - 1h AND (h = 'a' OR h = 'b') GROUP BY time(10s)"))
                .contains("(h = 'a' OR h = 'b')")
                .endsWith("AND time >= '1970-01-01T00:00:10Z' AND time < '1970-01-01T00:00:20Z' GROUP BY time(10s)")
                .doesNotContain("now()");
    }

    @Test
    void parseWhenThereIsNothingToGroupThenItHasNoSchedule() {
        assertThat(ScheduledSelect.parse("CREATE CONTINUOUS QUERY c ON d BEGIN SELECT v INTO o FROM m END")
                        .schedule())
                .isNull();
    }
}
