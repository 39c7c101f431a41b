package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredAccessTests {

    private final InMemoryAccessStore store = new InMemoryAccessStore();
    private final StoredUsers[] late = new StoredUsers[1];
    private final StoredAccess access =
            new StoredAccess(store, name -> late[0].find(name).isPresent());
    private final StoredUsers users = new StoredUsers(new InMemoryUserStore(), new FastPasswordHasher(), access);

    @BeforeEach
    void createUser() {
        late[0] = users;
        users.create("joe", "x", false);
    }

    private UserAccount joe() {
        return users.find("joe").orElseThrow();
    }

    @Test
    void userHoldsOwnPermissionsAndThoseOfRoles() {
        access.createRole("r");
        access.addRolePermissions("r", Permissions.of("d", Permission.READ_DATA));
        access.addUserPermissions("joe", Permissions.of("", Permission.MONITOR));
        assertThat(joe().may(Privilege.READ, "d")).isFalse();

        access.addMembers("r", List.of("joe"));

        assertThat(joe().may(Privilege.READ, "d")).isTrue();
        assertThat(joe().may(Privilege.READ, "e")).isFalse();
        assertThat(joe().may(Privilege.ALL, "d")).isFalse();
        assertThat(joe().isGranted(Privilege.READ, "d")).isFalse();
        assertThat(joe().has(Permission.MONITOR, "")).isTrue();
        assertThat(joe().access().roles()).containsExactly("r");
        assertThat(users.authenticate("joe", "x").orElseThrow().may(Privilege.READ, "d"))
                .isTrue();

        access.removeMembers("r", List.of("joe"));
        assertThat(joe().may(Privilege.READ, "d")).isFalse();
    }

    @Test
    void grantAndPermissionTogetherAreAll() {
        users.grant("joe", "d", Privilege.READ);
        access.addUserPermissions("joe", Permissions.of("d", Permission.WRITE_DATA));

        assertThat(joe().may(Privilege.ALL, "d")).isTrue();
        assertThat(joe().isGranted(Privilege.ALL, "d")).isFalse();
    }

    @Test
    void everyPermissionEverywhereMakesAnAdmin() {
        access.createRole("r");
        access.addMembers("r", List.of("joe"));
        access.addRolePermissions("r", Permissions.ALL);

        assertThat(Caller.of(joe()).isAdmin()).isTrue();
        assertThat(joe().admin()).isFalse();

        access.removeRolePermissions("r", Permissions.of("", Permission.KAPACITOR_API));
        assertThat(Caller.of(joe()).isAdmin()).isFalse();
    }

    @Test
    void revokeTakesPermissionsOfTheSameMeaningAway() {
        access.addUserPermissions(
                "joe",
                new Permissions(java.util.Map.of(
                        "d", EnumSet.of(Permission.READ_DATA, Permission.WRITE_DATA, Permission.DROP_DATA),
                        "", EnumSet.of(Permission.MONITOR))));

        users.revoke("joe", "d", Privilege.READ);
        assertThat(joe().access().own().byScope().get("d"))
                .containsExactly(Permission.DROP_DATA, Permission.WRITE_DATA);

        users.setAdmin("joe", false);
        assertThat(joe().access().own().byScope()).containsOnlyKeys("d");
    }

    @Test
    void droppedUserIsForgotten() {
        access.createRole("r");
        access.addMembers("r", List.of("joe"));
        access.addUserPermissions("joe", Permissions.ALL);

        store.cascadeUser("joe");
        users.drop("joe");
        users.create("joe", "y", false);

        assertThat(joe().access()).isEqualTo(UserAccess.NONE);
        assertThat(access.findRole("r").orElseThrow().users()).isEmpty();
    }

    @Test
    void droppedDatabaseIsForgotten() {
        access.addUserPermissions("joe", Permissions.of("d", Permission.READ_DATA));

        users.forgetDatabase("d");

        assertThat(joe().access().own()).isEqualTo(Permissions.NONE);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> access.dropRole("r")).hasMessage("role not found");
        assertThatThrownBy(() -> access.addMembers("r", List.of("joe"))).hasMessage("role not found");
        access.createRole("r");
        assertThatThrownBy(() -> access.createRole("r")).hasMessage("role already exists");
        assertThatThrownBy(() -> access.createRole("")).hasMessage("role name required");
        assertThatThrownBy(() -> access.addMembers("r", List.of("eve"))).hasMessage("user not found");
        assertThatThrownBy(() -> access.addUserPermissions("eve", Permissions.ALL))
                .hasMessage("user not found");
        assertThatThrownBy(() -> access.addRule(grant("eve", "r"))).hasMessage("user not found");
        assertThatThrownBy(() -> access.addRule(grant("joe", "q"))).hasMessage("role not found");
        assertThatThrownBy(() -> access.removeRule(Kind.GRANT, "1")).hasMessage("grant not found");
        AccessRule rule = access.addRule(grant("joe", "r"));
        assertThatThrownBy(() -> access.removeRule(Kind.RESTRICTION, rule.id())).hasMessage("restriction not found");
        access.removeRule(Kind.GRANT, rule.id());
        assertThat(access.rules(Kind.GRANT)).isEmpty();
    }

    @Test
    void failureOfTheStoreChangesNothingAndIsReadAfterwards() {
        store.failNext();
        assertThatThrownBy(() -> access.createRole("r")).isInstanceOf(AccountUnavailableException.class);
        assertThat(access.roles()).isEmpty();

        access.createRole("s");
        assertThat(access.roles()).extracting(Role::name).containsExactly("s");
    }

    private static AccessRule grant(String user, String role) {
        return new AccessRule(
                "",
                Kind.GRANT,
                NameMatcher.exact("d"),
                null,
                List.of(),
                Set.of(Action.READ),
                List.of(user),
                List.of(role));
    }
}
