package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Privilege;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link UserStore} must do. The store may be full at the beginning of a test. */
public abstract class UserStoreContract {

    protected abstract UserStore store();

    @BeforeEach
    void empty() {
        store().load().forEach(user -> store().delete(user.account().name()));
    }

    @Test
    void loadWhenNothingIsKeptGivesNothing() {
        assertThat(store().load()).isEmpty();
    }

    @Test
    void loadGivesUsersAndGrantsInOrderOfCreation() {
        Map<String, Privilege> grants = new LinkedHashMap<>();
        grants.put("z", Privilege.READ);
        grants.put("a", Privilege.NONE);
        StoredUser zoe = user("zoe", true, grants);
        StoredUser amy = user("amy", false, Map.of());

        store().insert(zoe);
        store().insert(amy);
        store().putGrant("amy", "z", Privilege.ALL);
        store().putGrant("amy", "b", Privilege.WRITE);
        store().putGrant("amy", "z", Privilege.READ);

        List<StoredUser> loaded = store().load();
        assertThat(loaded).extracting(each -> each.account().name()).containsExactly("zoe", "amy");
        assertThat(loaded.get(0)).isEqualTo(zoe);
        assertThat(loaded.get(0).account().grants().keySet()).containsExactly("z", "a");
        assertThat(loaded.get(1).account().grants().entrySet())
                .containsExactly(Map.entry("z", Privilege.READ), Map.entry("b", Privilege.WRITE));
    }

    @Test
    void namesAreKeptAsTheyAreAndComparedExactly() {
        List<String> names = List.of("a", "A", "a ", "ä", "a\u0308", "\uD83D\uDE00", "'; --", "x".repeat(1024));
        names.forEach(name -> store().insert(user(name, false, Map.of(name, Privilege.READ))));

        store().updateAdmin("a", true);
        store().deleteGrants("A");

        assertThat(store().load()).extracting(each -> each.account().name()).containsExactlyElementsOf(names);
        assertThat(store().load()).filteredOn(each -> each.account().admin()).hasSize(1);
        assertThat(store().load())
                .filteredOn(each -> each.account().grants().isEmpty())
                .hasSize(1);
    }

    @Test
    void everyPrivilegeIsKept() {
        store().insert(user("u", false, Map.of()));
        for (Privilege privilege : Privilege.values()) {
            store().putGrant("u", "d" + privilege.ordinal(), privilege);
        }

        assertThat(store().load().get(0).account().grants().values()).containsExactly(Privilege.values());
    }

    @Test
    void updatesChangeOneUserAndNothingElse() {
        store().insert(user("u", false, Map.of("d", Privilege.READ)));
        store().insert(user("v", false, Map.of("d", Privilege.READ)));

        store().updatePasswordHash("u", "another");
        store().updateAdmin("u", true);
        store().updateTokensValidFrom("u", 1_700_000_000L);

        assertThat(store().load())
                .containsExactly(
                        new StoredUser(
                                new UserAccount("u", true, Map.of("d", Privilege.READ)), "another", 1_700_000_000L),
                        user("v", false, Map.of("d", Privilege.READ)));
    }

    @Test
    void deleteForgetsTheUserWithTheirGrants() {
        store().insert(user("u", true, Map.of("d", Privilege.ALL)));
        store().insert(user("v", false, Map.of("d", Privilege.READ)));

        store().delete("u");
        store().insert(user("u", false, Map.of()));

        assertThat(store().load())
                .containsExactly(user("v", false, Map.of("d", Privilege.READ)), user("u", false, Map.of()));
    }

    @Test
    void deleteGrantsForgetsThemForEverybody() {
        store().insert(user("u", false, Map.of("d", Privilege.ALL, "e", Privilege.READ)));
        store().insert(user("v", false, Map.of("d", Privilege.READ)));

        store().deleteGrants("d");

        assertThat(store().load())
                .containsExactly(user("u", false, Map.of("e", Privilege.READ)), user("v", false, Map.of()));
    }

    private static StoredUser user(String name, boolean admin, Map<String, Privilege> grants) {
        return new StoredUser(new UserAccount(name, admin, grants), "hash " + name.hashCode());
    }
}
