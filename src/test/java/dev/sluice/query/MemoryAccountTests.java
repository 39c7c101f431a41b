package dev.sluice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MemoryAccountTests {

    private static final long MIB = 1 << 20;

    private final MemoryAccount service = MemoryAccount.ofService(1_000_000);
    private final MemoryAccount query = service.openQuery(600_000);

    @Test
    void reserveWhenQueryWantsTooMuchThenIsRefusedAndNothingChanges() {
        query.reserve(500_000);

        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> query.reserve(100_001))
                .withMessage("max-query-memory limit exceeded: (600001/600000)");

        assertThat(query.reservedBytes()).isEqualTo(500_000);
        query.reserve(100_000);
        assertThat(query.reservedBytes()).isEqualTo(600_000);
    }

    @Test
    void reserveWhenAllTogetherWantTooMuchThenIsRefusedUntilOneIsDone() {
        MemoryAccount one = service.openQuery(0);
        MemoryAccount other = service.openQuery(0);
        one.reserve(MIB + 500_000);

        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> other.reserve(MIB + 500_001))
                .withMessage("max-total-query-memory limit exceeded: (1000001/1000000)");
        assertThat(other.reservedBytes()).isZero();
        assertThat(service.reservedBytes()).isEqualTo(500_000);

        one.close();
        other.reserve(MIB + 500_001);
        assertThat(service.reservedBytes()).isEqualTo(500_001);
        other.reserve(-500_002);
        assertThat(service.reservedBytes()).isZero();
    }

    @Test
    void reserveWhenLargeOnesHoldEverythingThenSmallOnesGoOn() {
        service.openQuery(0).reserve(MIB + 1_000_000);
        MemoryAccount small = service.openQuery(0);

        small.reserve(MIB);

        assertThat(small.availableBytes()).isZero();
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> small.reserve(1));
        small.close();
        assertThat(service.reservedBytes()).isEqualTo(1_000_000);
    }

    @Test
    void closeWhenPartEndsThenItsMemoryComesBack() {
        MemoryAccount part = query.openPart();
        part.reserve(600_000);
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> part.reserve(1));

        part.close();

        assertThat(query.reservedBytes()).isZero();
        part.close();
        assertThat(service.reservedBytes()).isZero();
    }

    @Test
    void limitWhenZeroThenThereIsNone() {
        MemoryAccount account = MemoryAccount.ofService(0).openQuery(0);
        account.reserve(Long.MAX_VALUE / 2);
        assertThat(account.reservedBytes()).isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void bufferWhenItGrowsAndShrinksThenReservesInSteps() {
        MemoryAccount.Buffer buffer = query.buffer();
        buffer.grow(1);
        assertThat(query.reservedBytes()).isEqualTo(65_536);
        buffer.grow(65_535);
        assertThat(query.reservedBytes()).isEqualTo(65_536);
        buffer.grow(1);
        assertThat(query.reservedBytes()).isEqualTo(2 * 65_536);
        buffer.setSize(500_000);
        assertThat(query.reservedBytes()).isEqualTo(8 * 65_536);
        buffer.setSize(10);
        assertThat(query.reservedBytes()).isEqualTo(65_536);

        buffer.close();

        assertThat(query.reservedBytes()).isZero();
    }

    @Test
    void bufferWhenItWantsTooMuchThenKeepsWhatItHad() {
        MemoryAccount.Buffer buffer = query.buffer();
        buffer.grow(100_000);

        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> buffer.grow(1_000_000));

        assertThat(query.reservedBytes()).isEqualTo(2 * 65_536);
        buffer.close();
        assertThat(service.reservedBytes()).isZero();
    }
}
