package dev.sluice.account;

import dev.sluice.model.Privilege;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Users in memory with passwords in clear, for tests that are not about keeping them. */
public final class TestUsers implements Users {

    private final Map<String, UserAccount> accounts = new LinkedHashMap<>();
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final Map<String, Long> tokensValidFrom = new LinkedHashMap<>();
    private boolean busy;

    /** Whether passwords are looked at. */
    public synchronized void setBusy(boolean busy) {
        this.busy = busy;
    }

    @Override
    public synchronized List<UserAccount> all() {
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized Optional<UserAccount> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public synchronized boolean adminExists() {
        return accounts.values().stream().anyMatch(UserAccount::admin);
    }

    @Override
    public synchronized Optional<UserAccount> authenticate(String name, String password) {
        if (busy) {
            throw new LoginsBusyException();
        }
        return find(name).filter(account -> password.equals(passwords.get(name)));
    }

    @Override
    public synchronized void create(String name, String password, boolean admin) {
        accounts.put(name, new UserAccount(name, admin, Map.of()));
        passwords.put(name, password);
    }

    @Override
    public synchronized void createWithHash(String name, String passwordHash) {
        create(name, passwordHash, false);
    }

    @Override
    public synchronized Optional<String> passwordHash(String name) {
        return Optional.ofNullable(passwords.get(name));
    }

    @Override
    public synchronized void revokeTokens(String name, long validFromSeconds) {
        tokensValidFrom.put(name, validFromSeconds);
    }

    @Override
    public synchronized long tokensValidFromSeconds(String name) {
        return tokensValidFrom.getOrDefault(name, 0L);
    }

    @Override
    public synchronized void drop(String name) {
        accounts.remove(name);
        passwords.remove(name);
    }

    @Override
    public synchronized void setPassword(String name, String password) {
        passwords.put(name, password);
    }

    @Override
    public synchronized void setAdmin(String name, boolean admin) {
        accounts.computeIfPresent(name, (key, old) -> new UserAccount(name, admin, old.grants()));
    }

    @Override
    public synchronized void grant(String name, String database, Privilege privilege) {
        accounts.computeIfPresent(name, (key, old) -> {
            Map<String, Privilege> grants = new LinkedHashMap<>(old.grants());
            grants.put(database, privilege);
            return new UserAccount(name, old.admin(), grants);
        });
    }

    @Override
    public synchronized void revoke(String name, String database, Privilege privilege) {
        Privilege held = accounts.get(name).grants().getOrDefault(database, Privilege.NONE);
        grant(name, database, held.without(privilege));
    }

    @Override
    public synchronized void forgetDatabase(String database) {
        accounts.replaceAll((name, old) -> {
            Map<String, Privilege> grants = new LinkedHashMap<>(old.grants());
            grants.remove(database);
            return new UserAccount(name, old.admin(), grants);
        });
    }
}
