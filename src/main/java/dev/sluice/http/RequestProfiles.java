package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Who sends how many queries and writes while somebody looks ({@code /debug/requests} of InfluxDB 1.x). Costs a look at an
 * empty set while nobody does. Thread-safe.
 */
@Component
final class RequestProfiles {

    private final Set<Profile> open = ConcurrentHashMap.newKeySet();

    /** Requests of one client. */
    record Counts(long writes, long queries) {

        private Counts plus(Counts other) {
            return new Counts(writes + other.writes, queries + other.queries);
        }
    }

    /** What comes in between its opening and its closing. Thread-safe. */
    final class Profile implements AutoCloseable {

        private final SortedMap<String, Counts> clients = new TreeMap<>();

        private synchronized void note(String client, Counts counts) {
            clients.merge(client, counts, Counts::plus);
        }

        /** Requests by client: the address, behind the user's name if there is one. */
        synchronized SortedMap<String, Counts> clients() {
            return new TreeMap<>(clients);
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    /** Begins to count. */
    Profile open() {
        Profile profile = new Profile();
        open.add(profile);
        return profile;
    }

    void noteQuery(Caller caller, HttpServletRequest request) {
        note(caller, request, new Counts(0, 1));
    }

    void noteWrite(Caller caller, HttpServletRequest request) {
        note(caller, request, new Counts(1, 0));
    }

    private void note(Caller caller, HttpServletRequest request, Counts counts) {
        if (open.isEmpty()) {
            return;
        }
        String address = request.getRemoteAddr();
        String client = caller.user()
                .map(UserAccount::name)
                .map(name -> name + ":" + address)
                .orElse(address);
        open.forEach(profile -> profile.note(client, counts));
    }
}
