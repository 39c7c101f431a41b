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

    private static final int SAMPLES = 9;

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

        long usual = median(times.get("wrong password"));
        times.forEach((kind, samples) -> assertThat(median(samples)).as(kind).isBetween(usual / 2, usual * 2));
    }

    @Test
    void authenticateWhenPasswordWasRightBeforeThenCostsNoHash() {
        users.create("known", "password", false);
        long first = time();
        for (int i = 0; i < 2_000; i++) {
            time();
        }
        List<Long> later = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            later.add(time());
        }

        assertThat(median(later)).isLessThan(first / 100);
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
