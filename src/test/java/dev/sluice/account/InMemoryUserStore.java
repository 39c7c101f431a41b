package dev.sluice.account;

import dev.sluice.model.Privilege;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A store that forgets everything with the process, counts its changes and fails on demand. */
public final class InMemoryUserStore implements UserStore {

    private List<StoredUser> users = List.of();
    private int changeCount;
    private boolean failNext;

    public void failNext() {
        failNext = true;
    }

    public int changeCount() {
        return changeCount;
    }

    @Override
    public List<StoredUser> load() {
        return users;
    }

    @Override
    public void insert(StoredUser user) {
        change(() -> {
            List<StoredUser> all = new ArrayList<>(users);
            all.add(user);
            users = List.copyOf(all);
        });
    }

    @Override
    public void delete(String name) {
        change(() -> users = users.stream()
                .filter(user -> !user.account().name().equals(name))
                .toList());
    }

    @Override
    public void updatePasswordHash(String name, String passwordHash) {
        update(name, user -> user.withPasswordHash(passwordHash));
    }

    @Override
    public void updateTokensValidFrom(String name, long seconds) {
        update(name, user -> new StoredUser(user.account(), user.passwordHash(), seconds));
    }

    @Override
    public void updateAdmin(String name, boolean admin) {
        update(
                name,
                user -> user.withAccount(
                        new UserAccount(name, admin, user.account().grants())));
    }

    @Override
    public void putGrant(String name, String database, Privilege privilege) {
        update(name, user -> {
            Map<String, Privilege> grants = new LinkedHashMap<>(user.account().grants());
            grants.put(database, privilege);
            return withGrants(user, grants);
        });
    }

    @Override
    public void deleteGrants(String database) {
        change(() -> users = users.stream()
                .map(user -> {
                    Map<String, Privilege> grants =
                            new LinkedHashMap<>(user.account().grants());
                    grants.remove(database);
                    return withGrants(user, grants);
                })
                .toList());
    }

    private static StoredUser withGrants(StoredUser user, Map<String, Privilege> grants) {
        return user.withAccount(
                new UserAccount(user.account().name(), user.account().admin(), grants));
    }

    private void update(String name, UnaryOperator<StoredUser> change) {
        change(() -> users = users.stream()
                .map(user -> user.account().name().equals(name) ? change.apply(user) : user)
                .toList());
    }

    private void change(Runnable change) {
        changeCount++;
        if (failNext) {
            failNext = false;
            throw new IllegalStateException("no connection");
        }
        change.run();
    }
}
