package dev.sluice.security.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.sluice.account.HashingGate;
import dev.sluice.account.LoginsBusyException;
import dev.sluice.account.Roles;
import dev.sluice.account.UserAccount;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Log-ins by a directory. Its servers are replicas: the first that answers decides, and one that does not is passed over for
 * a while. The same log-in of many requests is asked for once. Thread-safe.
 */
public final class LdapLogins {

    private static final Logger LOG = System.getLogger(LdapLogins.class.getName());

    /** Longer than any name or password; what directories do with more is theirs to know. */
    private static final int MAX_LENGTH = 1024;

    /** How many log-ins wait while all connections are taken. */
    private static final int PLACES = 64;

    /** How long a server that failed comes after all others. */
    private static final long DEMOTED_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long it is not asked at all: an outage must not hold up one request after the other. */
    private static final long AVOIDED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** An answer about the server, where others are about what it was asked. */
    private static final Set<ResultCode> OUTAGES = Set.of(
            ResultCode.SERVER_DOWN,
            ResultCode.CONNECT_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.LOCAL_ERROR);

    private final List<Replica> replicas;
    private final Roles roles;
    private final LongSupplier nanoTime;
    private final RememberedUsers remembered;
    private final HashingGate connections;
    private final HashingGate followers = new HashingGate(PLACES, 0, 0);
    private final ConcurrentMap<Attempt, CompletableFuture<Optional<DirectoryUser>>> running =
            new ConcurrentHashMap<>();

    /**
     * Log-ins by a directory.
     *
     * @param roles what groups give
     * @param nanoTime a clock for what is remembered
     */
    public LdapLogins(LdapSettings settings, Roles roles, LongSupplier nanoTime) {
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis());
        this.replicas = settings.servers().stream()
                .map(server -> new Replica(new LdapDirectory(server, settings.timeoutMillis()), nanoTime))
                .toList();
        this.roles = roles;
        this.nanoTime = nanoTime;
        this.remembered = new RememberedUsers(settings.rememberedNanos(), timeoutNanos, nanoTime);
        this.connections = new HashingGate(settings.maxConnections(), PLACES, timeoutNanos);
        for (LdapServer server : settings.servers()) {
            if (server.encryption().kind() == LdapEncryption.Kind.NONE) {
                LOG.log(
                        Level.WARNING,
                        "Passwords go to the directory at {0} in clear text: influxdb.ldap.servers.security is none",
                        server.host());
            } else if (!server.encryption().hostVerified()) {
                LOG.log(
                        Level.WARNING,
                        "The certificate of the directory at {0} is not looked at: influxdb.ldap.servers.security is"
                                + " +insecure",
                        server.host());
            }
        }
    }

    /** Of the password nothing is printed or kept; it lives as long as the request. */
    private record Attempt(String login, String password) {

        @Override
        public String toString() {
            return "Attempt[login=" + login + "]";
        }
    }

    /**
     * The user when the directory knows name and password, with the rights of their groups as the roles are now.
     *
     * @throws LdapUnavailableException when no server answers
     * @throws LoginsBusyException when too many log-ins wait for the directory
     */
    public Optional<UserAccount> authenticate(String login, String password) {
        // Without a password a bind succeeds as nobody (RFC 4513, 5.1.2); some servers stop reading one at a NUL.
        if (password.isEmpty()
                || password.indexOf(0) >= 0
                || password.length() > MAX_LENGTH
                || login.isEmpty()
                || login.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return find(login, password).map(this::account);
    }

    private UserAccount account(DirectoryUser user) {
        return new UserAccount(user.name(), user.admin(), Map.of(), roles.accessThrough(user.roles()));
    }

    private Optional<DirectoryUser> find(String login, String password) {
        Optional<RememberedUsers.Answer> known = remembered.find(login, password);
        if (known.isPresent() && known.get().fresh()) {
            return known.map(RememberedUsers.Answer::user);
        }
        Attempt attempt = new Attempt(login, password);
        CompletableFuture<Optional<DirectoryUser>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<DirectoryUser>> others = running.putIfAbsent(attempt, mine);
        if (others == null) {
            return lead(attempt, mine);
        }
        return known.isPresent() ? known.map(RememberedUsers.Answer::user) : followers.call(() -> outcomeOf(others));
    }

    private Optional<DirectoryUser> lead(Attempt attempt, CompletableFuture<Optional<DirectoryUser>> mine) {
        try {
            Optional<DirectoryUser> outcome = connections.call(() -> askServers(attempt.login(), attempt.password()));
            // Before others can miss that it is being asked for.
            outcome.ifPresentOrElse(
                    user -> remembered.remember(attempt.login(), attempt.password(), user),
                    () -> remembered.forget(attempt.login(), attempt.password()));
            mine.complete(outcome);
            return outcome;
        } catch (RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            running.remove(attempt, mine);
        }
    }

    /** Waits no longer than the one who asks, whose every step has a time-out. */
    private static Optional<DirectoryUser> outcomeOf(CompletableFuture<Optional<DirectoryUser>> others) {
        try {
            return others.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw failed;
        }
    }

    private Optional<DirectoryUser> askServers(String login, String password) {
        LdapUnavailableException unavailable = new LdapUnavailableException("no server has answered lately");
        for (boolean demoted : new boolean[] {false, true}) {
            for (Replica replica : replicas) {
                if (replica.failedWithin(DEMOTED_NANOS) != demoted || replica.failedWithin(AVOIDED_NANOS)) {
                    continue;
                }
                try {
                    Optional<DirectoryUser> outcome = replica.directory.authenticate(login, password);
                    replica.answered();
                    return outcome;
                } catch (LDAPException failed) {
                    replica.failed(failed);
                    unavailable = new LdapUnavailableException(replica.directory + ": " + failed.getMessage(), failed);
                }
            }
        }
        throw unavailable;
    }

    /** A server and whether it answered last. */
    private static final class Replica {

        private final LdapDirectory directory;
        private final LongSupplier nanoTime;
        private volatile boolean down;
        private volatile long failedAtNanos;

        Replica(LdapDirectory directory, LongSupplier nanoTime) {
            this.directory = directory;
            this.nanoTime = nanoTime;
        }

        boolean failedWithin(long nanos) {
            return down && nanoTime.getAsLong() - failedAtNanos < nanos;
        }

        void answered() {
            if (down) {
                down = false;
                LOG.log(Level.INFO, "The directory at {0} answers again", directory);
            }
        }

        void failed(LDAPException reason) {
            if (!OUTAGES.contains(reason.getResultCode()) && !isOfSearcher(reason)) {
                // Somebody's name or password must not be able to switch the directory off for others.
                LOG.log(Level.WARNING, "The directory at {0} could not answer a log-in: {1}", directory, reason);
                return;
            }
            if (!down) {
                LOG.log(Level.WARNING, "The directory at {0} is not available: {1}", directory, reason);
            }
            failedAtNanos = nanoTime.getAsLong();
            down = true;
        }

        /** Whether it was not the user's bind that failed: that one never fails with these. */
        private static boolean isOfSearcher(LDAPException reason) {
            return reason.getResultCode() == ResultCode.INVALID_CREDENTIALS;
        }
    }
}
