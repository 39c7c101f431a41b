package dev.sluice.account.jpa;

import dev.sluice.account.AccessStore;
import dev.sluice.account.AccessStoreContract;
import dev.sluice.account.StoredUser;
import dev.sluice.account.UserAccount;
import dev.sluice.account.UserStore;
import dev.sluice.account.UserStoreContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Tag("integration")
@DataJpaTest(showSql = false)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({JpaUserStore.class, JpaAccessStore.class})
// The store's own transactions, not one around each test.
@Transactional(propagation = Propagation.NEVER)
@DirtiesContext
class H2UserStoreIntegrationTests extends UserStoreContract implements AccessStoreContract {

    @TempDir
    static Path folder;

    @Autowired
    private UserStore store;

    @Autowired
    private AccessStore accessStore;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + folder.resolve("sluice"));
    }

    @Override
    protected UserStore store() {
        return store;
    }

    @Override
    public AccessStore accessStore() {
        return accessStore;
    }

    @Override
    public void insertUser(String name) {
        store.insert(new StoredUser(new UserAccount(name, false, Map.of()), "hash"));
    }

    @Override
    public void deleteUser(String name) {
        store.delete(name);
    }
}
