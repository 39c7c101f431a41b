package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.InMemoryUserStore;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.TestRoles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passwords hashed for real: what may be told from how long an answer takes, and what a request costs. */
class PasswordTimingTests {

    private static final int SAMPLES = 15;

    private final StoredUsers users =
            new StoredUsers(new InMemoryUserStore(), new DelegatingPasswordHasher(), TestRoles.empty());

    /** Each kind of refusal takes one hash. Samples are taken in turn, so that other load hits them alike. */
    @Test
    void authenticateWhenRefusedThenTimeDoesNotTellWhy() {
        users.create("known", "password", false);
        users.create("empty", "", false);
        users.authenticate("known", "password");
        Map<String, String[]> kinds = new LinkedHashMap<>();
        kinds.put("wrong password", new String[] {"known", "wrong"});
        kinds.put("unknown user", new String[] {"unknown", "wrong"});
        kinds.put("unknown user, no password", new String[] {"unknown", ""});
        kinds.put("no password", new String[] {"known", ""});
        kinds.put("password longer than bcrypt takes", new String[] {"known", "x".repeat(100)});
        kinds.put("user without password", new String[] {"empty", "wrong"});
        Map<String, List<Long>> times = new LinkedHashMap<>();

        for (int sample = 0; sample < SAMPLES; sample++) {
            kinds.forEach((kind, credentials) -> {
                long start = System.nanoTime();
                assertThat(users.authenticate(credentials[0], credentials[1])).isEmpty();
                times.computeIfAbsent(kind, key -> new ArrayList<>()).add(System.nanoTime() - start);
            });
        }

        List<Long> usual = times.get("wrong password");
        times.forEach((kind, samples) -> assertThat(isTold(usual, samples))
                .as("%s: %s, a wrong password: %s", kind, samples, usual)
                .isFalse());
    }

    /**
     * Whether two kinds can be told apart, as a guesser would: how often a sample of one is longer than one of the other (the
     * rank-sum statistic, half of the pairs when nothing can be told), and by how much. Either alone happens by other load.
     */
    private static boolean isTold(List<Long> one, List<Long> other) {
        long longer = 0;
        for (long a : one) {
            longer += other.stream().filter(b -> a > b).count();
        }
        int pairs = one.size() * other.size();
        boolean apart = longer < pairs * 0.05 || longer > pairs * 0.95;
        double factor = (double) median(one) / median(other);
        return apart && (factor < 0.8 || factor > 1.25);
    }

    /** What the test above would say if an unknown name cost nothing, or a known one two hashes. */
    @Test
    void isToldWhenOneKindTakesLongerThenSaysSo() {
        List<Long> hash = List.of(60L, 61L, 59L, 64L, 70L, 58L, 140L, 60L, 62L);

        assertThat(isTold(hash, hash.stream().map(time -> time / 100).toList())).isTrue();
        assertThat(isTold(hash, hash.stream().map(time -> time * 3).toList())).isTrue();
        assertThat(isTold(hash, List.of(60L, 62L, 65L, 59L, 120L, 90L, 61L, 60L, 58L)))
                .isFalse();
    }

    @Test
    void authenticateWhenPasswordWasRightBeforeThenCostsNoHash() {
        users.create("known", "password", false);
        for (int i = 0; i < 2_000; i++) {
            time();
        }
        List<Long> later = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            later.add(time());
        }

        List<Long> hashed = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            users.setPassword("known", "password");
            hashed.add(time());
        }
        assertThat(median(later)).isLessThan(median(hashed) / 20);
    }

    private long time() {
        long start = System.nanoTime();
        assertThat(users.authenticate("known", "password")).isPresent();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> samples) {
        return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElseThrow();
    }
}
