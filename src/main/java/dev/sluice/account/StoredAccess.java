package dev.sluice.account;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.AccessRules;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Roles, permissions and rules as an immutable snapshot that readers take without a lock. One writer at a time checks what
 * is asked for against it, has the store keep the change and then reads the store anew: such changes are rare, and what
 * the database cascades need not be done a second time here.
 *
 * <p>When the store fails, the snapshot stays as it is, and the next change first reads the store's contents.
 */
public final class StoredAccess implements Roles, AccessRules {

    private static final Logger LOG = System.getLogger(StoredAccess.class.getName());

    /** As long as the longest name of a user. */
    private static final int MAX_NAME_CHARACTERS = 1024;

    private final AccessStore store;
    private final Predicate<String> userExists;
    private final ReentrantLock writer = new ReentrantLock();
    private volatile AccessSnapshot snapshot;
    private boolean stale;

    /**
     * Reads what the store keeps.
     *
     * @param userExists whether there is a user of a name; asked while a change is checked
     */
    public StoredAccess(AccessStore store, Predicate<String> userExists) {
        this.store = store;
        this.userExists = userExists;
        this.snapshot = new AccessSnapshot(store.load());
    }

    @Override
    public List<Role> roles() {
        return snapshot.roles();
    }

    @Override
    public Optional<Role> findRole(String name) {
        return Optional.ofNullable(snapshot.find(name));
    }

    @Override
    public UserAccess accessOf(String user) {
        return snapshot.accessOf(user);
    }

    @Override
    public UserAccess accessThrough(Collection<String> roles) {
        return snapshot.access(roles, Permissions.NONE);
    }

    @Override
    public void createRole(String name) {
        change(() -> {
            if (snapshot.find(name) != null) {
                throw new AccountException("role already exists");
            }
            checkName(name);
            keep(() -> store.insertRole(name));
        });
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw new AccountException("role name required");
        }
        if (name.codePoints().anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw new AccountException("invalid name");
        }
        if (name.length() > MAX_NAME_CHARACTERS) {
            throw new AccountException("name too long");
        }
    }

    @Override
    public void dropRole(String name) {
        change(() -> {
            snapshot.load(name);
            keep(() -> store.deleteRole(name));
        });
    }

    @Override
    public void addMembers(String role, Collection<String> users) {
        change(() -> {
            Set<String> members = new LinkedHashSet<>(snapshot.load(role).users());
            users.forEach(this::requireUser);
            members.addAll(users);
            keep(() -> store.putRoleMembers(role, members));
        });
    }

    @Override
    public void removeMembers(String role, Collection<String> users) {
        change(() -> {
            Set<String> members = new LinkedHashSet<>(snapshot.load(role).users());
            users.forEach(this::requireUser);
            users.forEach(members::remove);
            keep(() -> store.putRoleMembers(role, members));
        });
    }

    private void requireUser(String name) {
        if (!userExists.test(name)) {
            throw new AccountException("user not found");
        }
    }

    @Override
    public void addRolePermissions(String role, Permissions permissions) {
        change(() -> {
            Permissions sum = snapshot.load(role).permissions().plus(permissions);
            keep(() -> store.putRolePermissions(role, sum));
        });
    }

    @Override
    public void removeRolePermissions(String role, Permissions permissions) {
        change(() -> {
            Permissions rest = snapshot.load(role).permissions().minus(permissions);
            keep(() -> store.putRolePermissions(role, rest));
        });
    }

    @Override
    public void addUserPermissions(String user, Permissions permissions) {
        changeOwn(user, () -> snapshot.accessOf(user).own().plus(permissions));
    }

    @Override
    public void removeUserPermissions(String user, Permissions permissions) {
        changeOwn(user, () -> snapshot.accessOf(user).own().minus(permissions));
    }

    private void changeOwn(String user, Supplier<Permissions> changed) {
        change(() -> {
            requireUser(user);
            keep(() -> store.putUserPermissions(user, changed.get()));
        });
    }

    @Override
    public void forgetUser(String user) {
        // The database has forgotten the user with all that hung on them.
        change(() -> keep(store::deleteGrantsOfNobody));
    }

    @Override
    public void forgetDatabase(String database) {
        change(() -> keep(() -> store.deletePermissions(database)));
    }

    @Override
    public List<AccessRule> rules(Kind kind) {
        return snapshot.rules(kind);
    }

    @Override
    public AccessRule addRule(AccessRule rule) {
        AccessRule[] kept = new AccessRule[1];
        change(() -> {
            rule.users().forEach(this::requireUser);
            rule.roles().forEach(snapshot::load);
            keep(() -> kept[0] = store.insertRule(rule));
        });
        return kept[0];
    }

    @Override
    public void removeRule(Kind kind, String id) {
        change(() -> {
            if (snapshot.rules(kind).stream().noneMatch(rule -> rule.id().equals(id))) {
                throw new AccountException(kind == Kind.GRANT ? "grant not found" : "restriction not found");
            }
            keep(() -> store.deleteRule(id));
        });
    }

    private void change(Runnable change) {
        writer.lock();
        try {
            if (stale) {
                keep(() -> {});
            }
            change.run();
        } finally {
            writer.unlock();
        }
    }

    /** Has the store keep something and publishes what it holds then. */
    private void keep(Runnable storeCall) {
        try {
            stale = true;
            storeCall.run();
            snapshot = new AccessSnapshot(store.load());
            stale = false;
        } catch (RuntimeException failed) {
            LOG.log(Level.ERROR, "The metadata store failed; the change is refused", failed);
            throw new AccountUnavailableException(failed);
        }
    }
}
