package dev.sluice.catalog;

/** The double keeps the contract, too, so that what is tested over it means something. */
class InMemoryCatalogStoreTests extends CatalogStoreContract {

    private final InMemoryCatalogStore store = new InMemoryCatalogStore();

    @Override
    protected CatalogStore store() {
        return store;
    }
}
