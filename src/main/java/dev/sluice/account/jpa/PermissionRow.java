package dev.sluice.account.jpa;

import dev.sluice.account.Permissions;
import dev.sluice.model.Permission;
import jakarta.persistence.Embeddable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One permission in one scope. */
@Embeddable
class PermissionRow {

    private String scope = "";

    private String permission = "";

    /** For JPA. */
    protected PermissionRow() {}

    private PermissionRow(String scope, Permission permission) {
        this.scope = scope;
        this.permission = permission.influxName();
    }

    /** Makes rows those of some permissions; rows that stay are the same as before, so that nothing is written of them. */
    static void replace(Set<PermissionRow> rows, Permissions permissions) {
        Set<PermissionRow> wanted = of(permissions);
        rows.retainAll(wanted);
        rows.addAll(wanted);
    }

    static void removeScope(Set<PermissionRow> rows, String scope) {
        rows.removeIf(row -> row.scope.equals(scope));
    }

    private static Set<PermissionRow> of(Permissions permissions) {
        Set<PermissionRow> rows = new HashSet<>();
        permissions
                .byScope()
                .forEach((scope, held) -> held.forEach(permission -> rows.add(new PermissionRow(scope, permission))));
        return rows;
    }

    /** A name that this version does not know stands for nothing that could be done with it. */
    static Permissions toPermissions(Collection<PermissionRow> rows) {
        Map<String, Set<Permission>> byScope = new TreeMap<>();
        for (PermissionRow row : rows) {
            Permission.find(row.permission)
                    .ifPresent(known -> byScope.computeIfAbsent(row.scope, fresh -> new HashSet<>())
                            .add(known));
        }
        return new Permissions(byScope);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PermissionRow that && scope.equals(that.scope) && permission.equals(that.permission);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, permission);
    }
}
