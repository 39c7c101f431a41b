package dev.sluice.account.jpa;

import dev.sluice.account.Permissions;
import dev.sluice.account.Role;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** A row of {@code roles} with its members and permissions. */
@Entity
@Table(name = "roles")
class RoleEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String name = "";

    @ManyToMany(fetch = FetchType.LAZY)
    @JoinTable(
            name = "role_members",
            joinColumns = @JoinColumn(name = "role_id"),
            inverseJoinColumns = @JoinColumn(name = "user_id"))
    @OrderBy("id")
    private final Set<UserEntity> members = new LinkedHashSet<>();

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "role_permissions", joinColumns = @JoinColumn(name = "role_id"))
    private final Set<PermissionRow> permissions = new HashSet<>();

    /** For JPA. */
    protected RoleEntity() {}

    RoleEntity(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void setMembers(Collection<UserEntity> users) {
        members.retainAll(users);
        members.addAll(users);
    }

    void setPermissions(Permissions changed) {
        PermissionRow.replace(permissions, changed);
    }

    void removeScope(String scope) {
        PermissionRow.removeScope(permissions, scope);
    }

    Role toRole() {
        return new Role(
                name,
                PermissionRow.toPermissions(permissions),
                members.stream().map(UserEntity::name).toList());
    }
}
