package dev.sluice.account.jpa;

import dev.sluice.account.Permissions;
import dev.sluice.account.StoredUser;
import dev.sluice.account.UserAccount;
import dev.sluice.model.Privilege;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A row of {@code users} with its grants. Ids ascend in order of creation, which is the order users are listed in. */
@Entity
@Table(name = "users")
class UserEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String name = "";

    @Column(name = "password_hash")
    private String passwordHash = "";

    private boolean admin;

    @Column(name = "tokens_valid_from")
    private long tokensValidFrom;

    @OneToMany(mappedBy = "user", cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
    @OrderBy("id")
    private final List<GrantEntity> grants = new ArrayList<>();

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "user_permissions", joinColumns = @JoinColumn(name = "user_id"))
    private final Set<PermissionRow> permissions = new HashSet<>();

    /** For JPA. */
    protected UserEntity() {}

    UserEntity(StoredUser user) {
        this.name = user.account().name();
        this.passwordHash = user.passwordHash();
        this.admin = user.account().admin();
        this.tokensValidFrom = user.tokensValidFromSeconds();
        user.account().grants().forEach(this::putGrant);
    }

    String name() {
        return name;
    }

    Permissions permissions() {
        return PermissionRow.toPermissions(permissions);
    }

    void setPermissions(Permissions changed) {
        PermissionRow.replace(permissions, changed);
    }

    void removeScope(String scope) {
        PermissionRow.removeScope(permissions, scope);
    }

    void setPasswordHash(String passwordHash) {
        this.passwordHash = passwordHash;
    }

    void setTokensValidFrom(long seconds) {
        this.tokensValidFrom = seconds;
    }

    void setAdmin(boolean admin) {
        this.admin = admin;
    }

    void putGrant(String database, Privilege privilege) {
        for (GrantEntity grant : grants) {
            if (grant.database().equals(database)) {
                grant.setPrivilege(privilege);
                return;
            }
        }
        grants.add(new GrantEntity(this, database, privilege));
    }

    StoredUser toStoredUser() {
        Map<String, Privilege> privileges = new LinkedHashMap<>();
        for (GrantEntity grant : grants) {
            privileges.put(grant.database(), grant.privilege());
        }
        return new StoredUser(new UserAccount(name, admin, privileges), passwordHash, tokensValidFrom);
    }
}
