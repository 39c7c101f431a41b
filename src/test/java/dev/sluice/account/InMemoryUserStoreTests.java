package dev.sluice.account;

/** The double keeps the contract, too, so that what is tested over it means something. */
class InMemoryUserStoreTests extends UserStoreContract {

    private final InMemoryUserStore store = new InMemoryUserStore();

    @Override
    protected UserStore store() {
        return store;
    }
}
