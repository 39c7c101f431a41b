package dev.sluice.http.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Precision;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTests {

    private final TimeFormat text = TimeFormat.rfc3339();

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "5, 1970-01-01T00:00:00.000000005Z",
        "5000000, 1970-01-01T00:00:00.005Z",
        "2500000000, 1970-01-01T00:00:02.5Z",
        "-1, 1969-12-31T23:59:59.999999999Z",
        "-1000000000, 1969-12-31T23:59:59Z",
        "951782400000000000, 2000-02-29T00:00:00Z",
        "-9223372036854775806, 1677-09-21T00:12:43.145224194Z",
        "9223372036854775806, 2262-04-11T23:47:16.854775806Z"
    })
    void putWhenUtcThenRfc3339WithTrimmedZeros(long nanos, String expected) {
        assertThat(put(text, nanos)).isEqualTo(expected);
    }

    @Test
    void putWhenZoneChangesItsOffsetThenEachValueHasItsOwn() {
        text.useZone(ZoneId.of("Europe/Berlin"));

        assertThat(put(text, at("2021-03-28T00:59:59Z"))).isEqualTo("2021-03-28T01:59:59+01:00");
        assertThat(put(text, at("2021-03-28T01:00:00Z"))).isEqualTo("2021-03-28T03:00:00+02:00");
        assertThat(put(text, at("2021-03-28T00:59:59Z"))).isEqualTo("2021-03-28T01:59:59+01:00");
        assertThat(put(text, at("2021-10-31T00:59:59Z"))).isEqualTo("2021-10-31T02:59:59+02:00");
        assertThat(put(text, at("2021-10-31T01:00:00Z"))).isEqualTo("2021-10-31T02:00:00+01:00");
        assertThat(put(text, at("2021-10-31T23:00:00Z"))).isEqualTo("2021-11-01T00:00:00+01:00");
    }

    @Test
    void putWhenZoneIsAtGreenwichThenZ() {
        text.useZone(ZoneId.of("Europe/London"));

        assertThat(put(text, at("2021-01-01T00:00:00Z"))).isEqualTo("2021-01-01T00:00:00Z");
        assertThat(put(text, at("2021-07-01T00:00:00Z"))).isEqualTo("2021-07-01T01:00:00+01:00");
    }

    @Test
    void putWhenOffsetIsNegativeOrUnevenThenHoursAndMinutes() {
        text.useZone(ZoneId.of("America/St_Johns"));
        assertThat(put(text, at("2021-01-01T00:00:00Z"))).isEqualTo("2020-12-31T20:30:00-03:30");
        text.useZone(ZoneId.of("Asia/Kathmandu"));
        assertThat(put(text, at("2021-01-01T00:00:00Z"))).isEqualTo("2021-01-01T05:45:00+05:45");
    }

    @Property(tries = 5_000)
    void putWhenAnyTimesInTurnThenReadBack(@ForAll long first, @ForAll long second) {
        TimeFormat format = TimeFormat.rfc3339();
        format.useZone(ZoneId.of("Australia/Lord_Howe"));
        for (long nanos : new long[] {first, second, first + 1, second / 2}) {
            // Before 1895 the zone has seconds in its offset, which the text leaves out.
            if (nanos > at("1900-01-01T00:00:00Z")) {
                Instant read = OffsetDateTime.parse(put(format, nanos)).toInstant();
                assertThat(read.getEpochSecond() * 1_000_000_000L + read.getNano())
                        .isEqualTo(nanos);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NANOSECONDS, 3600000000001, 3600000000001",
        "MICROSECONDS, 3600000001999, 3600000001",
        "MILLISECONDS, -1999999, -1",
        "SECONDS, 3599999999999, 3599",
        "MINUTES, 3600000000000, 60",
        "HOURS, -3600000000001, -1"
    })
    void putWhenEpochThenTruncatedUnits(Precision unit, long nanos, String expected) {
        assertThat(put(TimeFormat.epoch(unit), nanos)).isEqualTo(expected);
    }

    private static long at(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
    }

    private static String put(TimeFormat format, long nanos) {
        ByteOutput out = new ByteOutput(1);
        format.put(out, nanos);
        return out.toString();
    }
}
