package dev.sluice.catalog.jpa;

import dev.sluice.catalog.CatalogStore;
import dev.sluice.catalog.CatalogStoreContract;
import java.nio.file.Path;
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
@Import(JpaCatalogStore.class)
// The store's own transactions, not one around each test.
@Transactional(propagation = Propagation.NEVER)
@DirtiesContext
class H2CatalogStoreIntegrationTests extends CatalogStoreContract {

    @TempDir
    static Path folder;

    @Autowired
    private CatalogStore store;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + folder.resolve("sluice"));
    }

    @Override
    protected CatalogStore store() {
        return store;
    }
}
