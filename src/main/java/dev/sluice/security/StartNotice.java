package dev.sluice.security;

import dev.sluice.account.Users;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Tells the operator, once the service is up, when it is open or can be opened too easily. */
final class StartNotice implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = System.getLogger(StartNotice.class.getName());

    /** RFC 7518 asks for a key as long as the digest; a shorter one can be searched for with one token at hand. */
    private static final int SAFE_SECRET_BYTES = 32;

    private final SecuritySettings settings;
    private final Users users;

    StartNotice(SecuritySettings settings, Users users) {
        this.settings = settings;
        this.users = users;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (!settings.authEnabled()) {
            LOG.log(
                    Level.WARNING,
                    "Authentication is off: whoever reaches this service may read, change and delete everything. Create"
                            + " an admin, then set influxdb.http.auth-enabled to true");
            return;
        }
        if (users.all().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "There are no users yet: whoever comes first may create the admin (CREATE USER name WITH PASSWORD"
                            + " '…' WITH ALL PRIVILEGES); until then everything else is refused");
        } else if (!users.adminExists()) {
            LOG.log(
                    Level.WARNING,
                    "There are users, but no admin: everything is refused. Restart with influxdb.http.auth-enabled set"
                            + " to false to create one");
        }
        int secretBytes = settings.sharedSecret().getBytes(StandardCharsets.UTF_8).length;
        if (secretBytes > 0 && secretBytes < SAFE_SECRET_BYTES) {
            LOG.log(
                    Level.WARNING,
                    "influxdb.http.shared-secret has {0} bytes; with fewer than {1} it can be guessed from a token",
                    secretBytes,
                    SAFE_SECRET_BYTES);
        }
    }
}
