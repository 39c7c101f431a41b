package dev.sluice.account.jpa;

import dev.sluice.account.StoredUser;
import dev.sluice.account.UserStore;
import dev.sluice.model.Privilege;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps users through JPA, one transaction per change. */
@Repository
class JpaUserStore implements UserStore {

    private final UserRepository users;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;

    JpaUserStore(UserRepository users, PlatformTransactionManager transactions) {
        this.users = users;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public List<StoredUser> load() {
        return reading.execute(status -> users.findAllByOrderById().stream()
                .map(UserEntity::toStoredUser)
                .toList());
    }

    @Override
    public void insert(StoredUser user) {
        transaction.executeWithoutResult(status -> users.save(new UserEntity(user)));
    }

    @Override
    public void delete(String name) {
        change(name, users::delete);
    }

    @Override
    public void updatePasswordHash(String name, String passwordHash) {
        change(name, user -> user.setPasswordHash(passwordHash));
    }

    @Override
    public void updateTokensValidFrom(String name, long seconds) {
        change(name, user -> user.setTokensValidFrom(seconds));
    }

    @Override
    public void updateAdmin(String name, boolean admin) {
        change(name, user -> user.setAdmin(admin));
    }

    @Override
    public void putGrant(String name, String database, Privilege privilege) {
        change(name, user -> user.putGrant(database, privilege));
    }

    @Override
    public void deleteGrants(String database) {
        transaction.executeWithoutResult(status -> users.deleteGrants(database));
    }

    private void change(String name, Consumer<UserEntity> change) {
        transaction.executeWithoutResult(status -> change.accept(users.findByName(name)
                .orElseThrow(() -> new IllegalStateException("the database has no user " + name))));
    }
}
