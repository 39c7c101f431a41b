package dev.sluice.account;

/** The double keeps the contract as well. */
class InMemoryAccessStoreTests implements AccessStoreContract {

    private final InMemoryAccessStore store = new InMemoryAccessStore();

    @Override
    public AccessStore accessStore() {
        return store;
    }

    @Override
    public void insertUser(String name) {
        // It takes every name for a user's.
    }

    @Override
    public void deleteUser(String name) {
        store.cascadeUser(name);
    }
}
