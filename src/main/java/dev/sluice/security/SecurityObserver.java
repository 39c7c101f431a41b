package dev.sluice.security;

import dev.sluice.account.Caller;
import dev.sluice.account.Origin;

/** Is told who came in and who did not. Thread-safe; must be quick and must not fail. */
public interface SecurityObserver {

    /** Looks away. */
    SecurityObserver NONE = new SecurityObserver() {
        @Override
        public void loginSucceeded(String user, Origin origin) {
            // Looks away.
        }

        @Override
        public void loginRefused(String user, Origin origin, String reason) {
            // Looks away.
        }

        @Override
        public void accessDenied(Caller caller, Origin origin, String reason) {
            // Looks away.
        }
    };

    /** Credentials were accepted; told with every request, as each brings its own. */
    void loginSucceeded(String user, Origin origin);

    /**
     * Credentials were not accepted.
     *
     * @param user as claimed; empty when the credentials name nobody
     * @param reason InfluxDB's text
     */
    void loginRefused(String user, Origin origin, String reason);

    /** Somebody wanted what they may not. */
    void accessDenied(Caller caller, Origin origin, String reason);
}
