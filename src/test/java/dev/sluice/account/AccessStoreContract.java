package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.TagMatcher;
import dev.sluice.model.Permission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccessStore} must do, beside a {@link UserStore} over the same database. */
public interface AccessStoreContract {

    AccessStore accessStore();

    /** Creates a user in the database. */
    void insertUser(String name);

    /** Deletes a user in the database. */
    void deleteUser(String name);

    @BeforeEach
    default void emptyAccess() {
        AccessStore.Contents contents = accessStore().load();
        contents.roles().forEach(role -> accessStore().deleteRole(role.name()));
        contents.rules().stream()
                .filter(rule -> rule.kind() == Kind.RESTRICTION)
                .forEach(rule -> accessStore().deleteRule(rule.id()));
        accessStore().deleteGrantsOfNobody();
    }

    private static AccessRule grant(List<String> users, List<String> roles) {
        return new AccessRule(
                "",
                Kind.GRANT,
                NameMatcher.prefix("d"),
                NameMatcher.exact("m"),
                List.of(
                        new TagMatcher("z", NameMatcher.exact("1")),
                        new TagMatcher("a", NameMatcher.prefix("")),
                        new TagMatcher("z", NameMatcher.exact("1"))),
                EnumSet.of(Action.WRITE),
                users,
                roles);
    }

    @Test
    default void rolesAreKeptWithMembersAndPermissions() {
        insertUser("zoe");
        insertUser("amy");
        accessStore().insertRole("z");
        accessStore().insertRole("a");
        Permissions permissions = new Permissions(
                Map.of("", Set.of(Permission.MONITOR, Permission.READ_DATA), "d", EnumSet.allOf(Permission.class)));

        accessStore().putRolePermissions("z", permissions);
        accessStore().putRoleMembers("z", List.of("zoe", "amy"));
        accessStore().putUserPermissions("amy", Permissions.of("d", Permission.DROP_DATA));

        AccessStore.Contents contents = accessStore().load();
        assertThat(contents.roles())
                .containsExactly(
                        new Role("z", permissions, List.of("zoe", "amy")), new Role("a", Permissions.NONE, List.of()));
        assertThat(contents.userPermissions().get("amy")).isEqualTo(Permissions.of("d", Permission.DROP_DATA));

        accessStore().putRolePermissions("z", Permissions.of("d", Permission.READ_DATA));
        accessStore().putRoleMembers("z", List.of("amy"));
        assertThat(accessStore().load().roles().get(0))
                .isEqualTo(new Role("z", Permissions.of("d", Permission.READ_DATA), List.of("amy")));
    }

    @Test
    default void rulesAreKeptAsTheyAre() {
        insertUser("u");
        accessStore().insertRole("r");
        AccessRule restriction = accessStore()
                .insertRule(new AccessRule(
                        "",
                        Kind.RESTRICTION,
                        NameMatcher.exact("d"),
                        null,
                        List.of(),
                        EnumSet.allOf(Action.class),
                        List.of(),
                        List.of()));
        AccessRule grant = accessStore().insertRule(grant(List.of("u"), List.of("r")));

        assertThat(accessStore().load().rules()).containsExactly(restriction, grant);
        assertThat(grant.withId("")).isEqualTo(grant(List.of("u"), List.of("r")));

        accessStore().deleteRule(restriction.id());
        assertThat(accessStore().load().rules()).containsExactly(grant);
    }

    @Test
    default void droppedUserLeavesNothingBehind() {
        insertUser("u");
        insertUser("v");
        accessStore().insertRole("r");
        accessStore().putRoleMembers("r", List.of("u", "v"));
        accessStore().putUserPermissions("u", Permissions.ALL);
        accessStore().insertRule(grant(List.of("u"), List.of()));
        accessStore().insertRule(grant(List.of("u", "v"), List.of()));

        deleteUser("u");
        accessStore().deleteGrantsOfNobody();
        insertUser("u");

        AccessStore.Contents contents = accessStore().load();
        assertThat(contents.roles().get(0).users()).containsExactly("v");
        assertThat(contents.userPermissions()).doesNotContainKey("u");
        assertThat(contents.rules()).extracting(AccessRule::users).containsExactly(List.of("v"));
    }

    @Test
    default void droppedRoleLeavesNothingBehind() {
        insertUser("u");
        accessStore().insertRole("r");
        accessStore().insertRole("s");
        accessStore().insertRule(grant(List.of(), List.of("r")));
        accessStore().insertRule(grant(List.of(), List.of("r", "s")));

        accessStore().deleteRole("r");
        accessStore().insertRole("r");

        assertThat(accessStore().load().rules()).extracting(AccessRule::roles).containsExactly(List.of("s"));
    }

    @Test
    default void deletePermissionsForgetsOneScope() {
        insertUser("u");
        accessStore().insertRole("r");
        Permissions both = Permissions.of("d", Permission.READ_DATA).plus(Permissions.of("e", Permission.READ_DATA));
        accessStore().putRolePermissions("r", both);
        accessStore().putUserPermissions("u", both);

        accessStore().deletePermissions("d");

        assertThat(accessStore().load().roles().get(0).permissions())
                .isEqualTo(Permissions.of("e", Permission.READ_DATA));
        assertThat(accessStore().load().userPermissions().get("u"))
                .isEqualTo(Permissions.of("e", Permission.READ_DATA));
    }
}
