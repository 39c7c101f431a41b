package dev.sluice.account;

import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The users as an immutable snapshot that readers take without a lock. One writer at a time checks the rules against it,
 * has the store keep the change and only then publishes the next snapshot.
 *
 * <p>When the store fails, the commit may have happened or not. The snapshot stays as it is, and the next change first
 * reads the store's contents anew.
 */
public final class StoredUsers implements Users {

    private static final Logger LOG = System.getLogger(StoredUsers.class.getName());

    /** What bcrypt takes; before 1.9 InfluxDB ignored the rest, since then it refuses it. */
    private static final int MAX_PASSWORD_BYTES = 72;

    /** InfluxDB knows no limit; a key of a database index has one. */
    private static final int MAX_NAME_BYTES = 1024;

    private final UserStore store;
    private final PasswordHasher hasher;
    private final Roles roles;
    private final PasswordPolicy policy;
    private final HashingGate gate;
    private final VerifiedPasswords verified = new VerifiedPasswords();
    private final String nobodysHash;

    // A lock, not synchronized: the store does I/O, which would pin a virtual thread to its carrier.
    private final ReentrantLock writer = new ReentrantLock();
    private volatile UserSnapshot snapshot;
    private boolean stale;

    /** Reads what the store keeps; every password is allowed, and any number of log-ins at a time. */
    public StoredUsers(UserStore store, PasswordHasher hasher, Roles roles) {
        this(store, hasher, roles, PasswordPolicy.NONE, HashingGate.OPEN);
    }

    /**
     * Reads what the store keeps.
     *
     * @param roles what users hold beside their grants
     * @param policy what new passwords must be like
     * @param gate where log-ins wait that need a hash
     */
    public StoredUsers(UserStore store, PasswordHasher hasher, Roles roles, PasswordPolicy policy, HashingGate gate) {
        this.store = store;
        this.hasher = hasher;
        this.roles = roles;
        this.policy = policy;
        this.gate = gate;
        this.nobodysHash = hasher.nobodysHash();
        this.snapshot = new UserSnapshot(store.load());
    }

    @Override
    public List<UserAccount> all() {
        return snapshot.accounts().stream().map(this::withAccess).toList();
    }

    private UserAccount withAccess(UserAccount account) {
        return account.withAccess(roles.accessOf(account.name()));
    }

    @Override
    public Optional<UserAccount> find(String name) {
        return Optional.ofNullable(snapshot.find(name)).map(StoredUser::account).map(this::withAccess);
    }

    @Override
    public Optional<String> passwordHash(String name) {
        return Optional.ofNullable(snapshot.find(name)).map(StoredUser::passwordHash);
    }

    @Override
    public boolean adminExists() {
        return snapshot.adminExists();
    }

    @Override
    public Optional<UserAccount> authenticate(String name, String password) {
        StoredUser user = snapshot.find(name);
        if (user != null && verified.contains(user, password)) {
            return Optional.of(withAccess(user.account()));
        }
        if (user == null || isTooLong(password)) {
            // The answer is known, but its time must not tell a guesser which names exist.
            gate.pass(() -> hasher.matches("", nobodysHash));
            return Optional.empty();
        }
        if (!gate.pass(() -> hasher.matches(password, user.passwordHash()))) {
            return Optional.empty();
        }
        if (hasher.isOutdated(user.passwordHash())) {
            renewHash(user, password);
            return find(name).filter(present -> isVerified(name, password));
        }
        verified.remember(user, password);
        // Hashing took a while: a user who was dropped or changed in between must not come in.
        return Optional.ofNullable(snapshot.find(name))
                .filter(present -> present.passwordHash().equals(user.passwordHash()))
                .map(StoredUser::account)
                .map(this::withAccess);
    }

    private boolean isVerified(String name, String password) {
        StoredUser present = snapshot.find(name);
        return present != null && verified.contains(present, password);
    }

    /** Hashes a password anew that was right a moment ago, unless it was changed since; log-in does not depend on it. */
    private void renewHash(StoredUser user, String password) {
        String name = user.account().name();
        String renewed = hasher.hash(password);
        try {
            change(() -> {
                StoredUser present = snapshot.find(name);
                if (present != null && present.passwordHash().equals(user.passwordHash())) {
                    StoredUser changed = present.withPasswordHash(renewed);
                    keep(() -> store.updatePasswordHash(name, renewed));
                    publish(snapshot.replace(changed), name);
                    verified.remember(changed, password);
                }
            });
        } catch (AccountUnavailableException later) {
            verified.remember(user, password);
        }
    }

    @Override
    public void revokeTokens(String name, long validFromSeconds) {
        change(() -> {
            StoredUser user = snapshot.load(name);
            keep(() -> store.updateTokensValidFrom(name, validFromSeconds));
            snapshot = snapshot.replace(new StoredUser(user.account(), user.passwordHash(), validFromSeconds));
        });
    }

    @Override
    public long tokensValidFromSeconds(String name) {
        StoredUser user = snapshot.find(name);
        return user == null ? Long.MAX_VALUE : user.tokensValidFromSeconds();
    }

    @Override
    public void create(String name, String password, boolean admin) {
        change(() -> {
            StoredUser existing = snapshot.find(name);
            if (existing != null) {
                if (existing.account().admin() != admin || !isPassword(existing, password)) {
                    throw new AccountException("user already exists");
                }
                return;
            }
            checkName(name);
            insertLocked(new StoredUser(new UserAccount(name, admin, Map.of()), hash(name, password)));
        });
    }

    @Override
    public void createWithHash(String name, String passwordHash) {
        change(() -> {
            if (snapshot.find(name) != null) {
                throw new AccountException("user already exists");
            }
            checkName(name);
            if (!hasher.isHash(passwordHash)) {
                throw new AccountException("invalid password hash");
            }
            insertLocked(new StoredUser(new UserAccount(name, false, Map.of()), passwordHash));
        });
    }

    private void insertLocked(StoredUser created) {
        keep(() -> store.insert(created));
        publish(snapshot.with(created), created.account().name());
    }

    private boolean isPassword(StoredUser user, String password) {
        return !isTooLong(password) && hasher.matches(password, user.passwordHash());
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw new AccountException("username required");
        }
        if (name.codePoints().anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw new AccountException("invalid name");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new AccountException("name too long");
        }
    }

    @Override
    public void drop(String name) {
        change(() -> {
            snapshot.load(name);
            keep(() -> store.delete(name));
            publish(snapshot.without(name), name);
            // Before anybody can create another user of that name.
            roles.forgetUser(name);
        });
    }

    @Override
    public void setPassword(String name, String password) {
        change(() -> {
            StoredUser user = snapshot.load(name);
            StoredUser changed = user.withPasswordHash(hash(name, password));
            keep(() -> store.updatePasswordHash(name, changed.passwordHash()));
            publish(snapshot.replace(changed), name);
        });
    }

    private String hash(String name, String password) {
        if (isTooLong(password)) {
            throw new AccountException("bcrypt: password length exceeds 72 bytes");
        }
        policy.check(name, password);
        return hasher.hash(password);
    }

    private static boolean isTooLong(String password) {
        return password.length() > MAX_PASSWORD_BYTES
                || password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
    }

    @Override
    public void setAdmin(String name, boolean admin) {
        change(() -> {
            StoredUser user = snapshot.load(name);
            if (!admin) {
                // Permissions that hold everywhere are the same thing in smaller pieces.
                takeAwayPermissions(name, Permissions.EVERYWHERE, EnumSet.allOf(Permission.class));
            }
            if (user.account().admin() != admin) {
                keep(() -> store.updateAdmin(name, admin));
                snapshot = snapshot.replace(user.withAccount(
                        new UserAccount(name, admin, user.account().grants())));
            }
        });
    }

    @Override
    public void grant(String name, String database, Privilege privilege) {
        change(() -> putGrantLocked(snapshot.load(name), database, privilege));
    }

    @Override
    public void revoke(String name, String database, Privilege privilege) {
        change(() -> {
            StoredUser user = snapshot.load(name);
            Privilege held = user.account().grants().getOrDefault(database, Privilege.NONE);
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            if (privilege.covers(Privilege.READ)) {
                permissions.add(Permission.READ_DATA);
            }
            if (privilege.covers(Privilege.WRITE)) {
                permissions.add(Permission.WRITE_DATA);
            }
            takeAwayPermissions(name, database, permissions);
            // Also when nothing was held: InfluxDB lists the database from then on.
            putGrantLocked(user, database, held.without(privilege));
        });
    }

    /** What was taken away by a statement is not left as a permission of the same meaning. */
    private void takeAwayPermissions(String name, String scope, Set<Permission> permissions) {
        Set<Permission> held = roles.accessOf(name).own().byScope().getOrDefault(scope, Set.of());
        if (held.stream().anyMatch(permissions::contains)) {
            roles.removeUserPermissions(name, new Permissions(Map.of(scope, permissions)));
        }
    }

    private void putGrantLocked(StoredUser user, String database, Privilege privilege) {
        UserAccount account = user.account();
        if (privilege == account.grants().get(database)) {
            return;
        }
        keep(() -> store.putGrant(account.name(), database, privilege));
        Map<String, Privilege> grants = new LinkedHashMap<>(account.grants());
        grants.put(database, privilege);
        snapshot = snapshot.replace(withGrants(user, grants));
    }

    @Override
    public void forgetDatabase(String database) {
        change(() -> {
            roles.forgetDatabase(database);
            if (all().stream().noneMatch(account -> account.grants().containsKey(database))) {
                return;
            }
            keep(() -> store.deleteGrants(database));
            snapshot = new UserSnapshot(snapshot.users().stream()
                    .map(user -> withoutGrant(user, database))
                    .toList());
        });
    }

    private static StoredUser withoutGrant(StoredUser user, String database) {
        Map<String, Privilege> grants = new LinkedHashMap<>(user.account().grants());
        return grants.remove(database) == null ? user : withGrants(user, grants);
    }

    private static StoredUser withGrants(StoredUser user, Map<String, Privilege> grants) {
        UserAccount account = user.account();
        return user.withAccount(new UserAccount(account.name(), account.admin(), grants));
    }

    /** Makes a change of a user's password visible. */
    private void publish(UserSnapshot changed, String user) {
        snapshot = changed;
        verified.forget(user);
    }

    private void change(Runnable change) {
        writer.lock();
        try {
            if (stale) {
                keep(this::readLocked);
            }
            change.run();
        } finally {
            writer.unlock();
        }
    }

    private void readLocked() {
        snapshot = new UserSnapshot(store.load());
        verified.forgetAll();
        stale = false;
    }

    private void keep(Runnable storeCall) {
        try {
            storeCall.run();
        } catch (RuntimeException failed) {
            stale = true;
            LOG.log(Level.ERROR, "The metadata store failed; the change is refused", failed);
            throw new AccountUnavailableException(failed);
        }
    }
}
