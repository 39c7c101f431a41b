package dev.sluice.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users at one moment. Immutable; a change makes a new one. */
final class UserSnapshot {

    private final Map<String, StoredUser> byName;
    private final List<UserAccount> accounts;
    private final boolean adminExists;

    UserSnapshot(List<StoredUser> users) {
        this.byName = new LinkedHashMap<>();
        users.forEach(user -> byName.put(user.account().name(), user));
        this.accounts = users.stream().map(StoredUser::account).toList();
        this.adminExists = accounts.stream().anyMatch(UserAccount::admin);
    }

    List<UserAccount> accounts() {
        return accounts;
    }

    boolean adminExists() {
        return adminExists;
    }

    @Nullable
    StoredUser find(String name) {
        return byName.get(name);
    }

    StoredUser load(String name) {
        StoredUser user = byName.get(name);
        if (user == null) {
            throw new AccountException("user not found");
        }
        return user;
    }

    List<StoredUser> users() {
        return List.copyOf(byName.values());
    }

    UserSnapshot with(StoredUser added) {
        List<StoredUser> users = new ArrayList<>(byName.values());
        users.add(added);
        return new UserSnapshot(users);
    }

    UserSnapshot without(String name) {
        return new UserSnapshot(byName.values().stream()
                .filter(user -> !user.account().name().equals(name))
                .toList());
    }

    /** The snapshot with a user in the place of the one that has their name. */
    UserSnapshot replace(StoredUser changed) {
        return new UserSnapshot(byName.values().stream()
                .map(user -> user.account().name().equals(changed.account().name()) ? changed : user)
                .toList());
    }
}
