package dev.sluice.http.encoding;

import dev.sluice.model.Precision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as a request wants them: whole units since the epoch, truncated toward zero, or Go's {@code RFC3339Nano}:
 * {@code 2006-01-02T15:04:05.999999999Z07:00} with trailing zeros of the fraction left out, and {@code Z} where the zone's
 * offset is zero. Text reuses the date and offset of the value before while they hold, so that a value costs a few
 * divisions and no calendar. Not thread-safe.
 */
final class TimeFormat {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY_SECONDS = 86_400;
    private static final int LONGEST = 40;

    private final @Nullable Precision epoch;

    private ZoneId zone = ZoneOffset.UTC;
    /** Seconds since the epoch between which date and suffix hold; nothing holds at first. */
    private long heldFrom;

    private long heldUntil;
    /** Local midnight of the date, as seconds since the epoch. */
    private long midnight;

    private byte[] date = new byte[0];
    private byte[] suffix = new byte[0];

    private TimeFormat(@Nullable Precision epoch) {
        this.epoch = epoch;
    }

    static TimeFormat rfc3339() {
        return new TimeFormat(null);
    }

    static TimeFormat epoch(Precision unit) {
        return new TimeFormat(unit);
    }

    /** Whether values are text, which JSON quotes. */
    boolean isText() {
        return epoch == null;
    }

    /** A time in the units asked for; in nanoseconds when text was asked for. */
    long units(long nanos) {
        return epoch == null || epoch == Precision.NANOSECONDS ? nanos : epoch.fromNanos(nanos);
    }

    /** Sets the zone of the values that follow. */
    void useZone(ZoneId zone) {
        if (!zone.equals(this.zone)) {
            this.zone = zone;
            heldFrom = 0;
            heldUntil = 0;
        }
    }

    void put(ByteOutput out, long nanos) {
        out.ensure(LONGEST);
        if (epoch != null) {
            out.size = Decimals.put(out.bytes, out.size, units(nanos));
            return;
        }
        long seconds = Math.floorDiv(nanos, SECOND);
        if (seconds < heldFrom || seconds >= heldUntil) {
            hold(seconds);
        }
        byte[] bytes = out.bytes;
        int at = out.size;
        System.arraycopy(date, 0, bytes, at, date.length);
        at += date.length;
        int ofDay = (int) (seconds - midnight);
        int minutes = ofDay / 60;
        int hours = minutes / 60;
        Decimals.putTwo(bytes, at, hours);
        bytes[at + 2] = ':';
        Decimals.putTwo(bytes, at + 3, minutes - hours * 60);
        bytes[at + 5] = ':';
        Decimals.putTwo(bytes, at + 6, ofDay - minutes * 60);
        at += 8;
        long fraction = nanos - seconds * SECOND;
        if (fraction != 0) {
            bytes[at] = '.';
            Decimals.putPadded(bytes, at + 1, fraction, 9);
            at += 10;
            while (bytes[at - 1] == '0') {
                at--;
            }
        }
        for (byte b : suffix) {
            bytes[at++] = b;
        }
        out.size = at;
    }

    /** Finds the local date of a moment and for how long it holds. */
    private void hold(long seconds) {
        ZoneRules rules = zone.getRules();
        Instant moment = Instant.ofEpochSecond(seconds);
        ZoneOffset offset = rules.getOffset(moment);
        long local = seconds + offset.getTotalSeconds();
        long localMidnight = Math.floorDiv(local, DAY_SECONDS) * DAY_SECONDS;
        midnight = localMidnight - offset.getTotalSeconds();
        heldFrom = midnight;
        heldUntil = midnight + DAY_SECONDS;
        if (!rules.isFixedOffset()) {
            ZoneOffsetTransition next = rules.nextTransition(moment);
            if (next != null) {
                heldUntil = Math.min(heldUntil, next.toEpochSecond());
            }
            ZoneOffsetTransition previous = rules.previousTransition(moment.plusSeconds(1));
            if (previous != null) {
                heldFrom = Math.max(heldFrom, previous.toEpochSecond());
            }
        }
        date = (LocalDate.ofEpochDay(localMidnight / DAY_SECONDS) + "T").getBytes(StandardCharsets.US_ASCII);
        suffix = suffix(offset.getTotalSeconds());
    }

    private static byte[] suffix(int offsetSeconds) {
        if (offsetSeconds == 0) {
            return new byte[] {'Z'};
        }
        // Go leaves the seconds of an offset out; only local mean times have any.
        int minutes = Math.abs(offsetSeconds) / 60;
        byte[] suffix = new byte[6];
        suffix[0] = (byte) (offsetSeconds < 0 ? '-' : '+');
        Decimals.putTwo(suffix, 1, minutes / 60);
        suffix[3] = ':';
        Decimals.putTwo(suffix, 4, minutes % 60);
        return suffix;
    }
}
