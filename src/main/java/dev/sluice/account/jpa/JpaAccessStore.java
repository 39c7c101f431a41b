package dev.sluice.account.jpa;

import dev.sluice.account.AccessStore;
import dev.sluice.account.Permissions;
import dev.sluice.account.rule.AccessRule;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps roles, permissions and rules through JPA, one transaction per change. */
@Repository
class JpaAccessStore implements AccessStore {

    private final UserRepository users;
    private final RoleRepository roles;
    private final AccessRuleRepository rules;
    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;

    JpaAccessStore(
            UserRepository users,
            RoleRepository roles,
            AccessRuleRepository rules,
            EntityManager entities,
            PlatformTransactionManager transactions) {
        this.users = users;
        this.roles = roles;
        this.rules = rules;
        this.entities = entities;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Contents load() {
        return reading.execute(status -> {
            Map<String, Permissions> userPermissions = new HashMap<>();
            for (UserEntity user : users.findAllByOrderById()) {
                Permissions held = user.permissions();
                if (!held.isEmpty()) {
                    userPermissions.put(user.name(), held);
                }
            }
            return new Contents(
                    roles.findAllByOrderById().stream().map(RoleEntity::toRole).toList(),
                    userPermissions,
                    rules.findAllByOrderById().stream()
                            .map(AccessRuleEntity::toRule)
                            .toList());
        });
    }

    @Override
    public void insertRole(String name) {
        transaction.executeWithoutResult(status -> roles.save(new RoleEntity(name)));
    }

    @Override
    public void deleteRole(String name) {
        transaction.executeWithoutResult(status -> {
            RoleEntity role = load(name);
            roles.delete(role);
            entities.flush();
            // The database has taken the role out of the rules; what is known of them here is old.
            entities.clear();
            removeGrantsOfNobody();
        });
    }

    @Override
    public void putRolePermissions(String role, Permissions permissions) {
        transaction.executeWithoutResult(status -> load(role).setPermissions(permissions));
    }

    @Override
    public void putRoleMembers(String role, Collection<String> members) {
        transaction.executeWithoutResult(status -> load(role).setMembers(usersOf(members)));
    }

    @Override
    public void putUserPermissions(String user, Permissions permissions) {
        change(user, found -> found.setPermissions(permissions));
    }

    private void change(String user, Consumer<UserEntity> change) {
        transaction.executeWithoutResult(
                status -> change.accept(usersOf(List.of(user)).get(0)));
    }

    @Override
    public void deletePermissions(String database) {
        transaction.executeWithoutResult(status -> {
            roles.findAll().forEach(role -> role.removeScope(database));
            users.findAll().forEach(user -> user.removeScope(database));
        });
    }

    @Override
    public AccessRule insertRule(AccessRule rule) {
        return Objects.requireNonNull(transaction.execute(status -> {
            AccessRuleEntity kept = rules.save(new AccessRuleEntity(rule, usersOf(rule.users()), rolesOf(rule)));
            return kept.toRule();
        }));
    }

    @Override
    public void deleteRule(String id) {
        transaction.executeWithoutResult(status -> rules.deleteById(Long.parseLong(id)));
    }

    @Override
    public void deleteGrantsOfNobody() {
        transaction.executeWithoutResult(status -> removeGrantsOfNobody());
    }

    private void removeGrantsOfNobody() {
        rules.findAll().stream().filter(AccessRuleEntity::isForNobody).forEach(rules::delete);
    }

    private RoleEntity load(String role) {
        return roles.findByName(role).orElseThrow(() -> new IllegalStateException("the database has no role " + role));
    }

    private List<RoleEntity> rolesOf(AccessRule rule) {
        return rule.roles().stream().map(this::load).toList();
    }

    private List<UserEntity> usersOf(Collection<String> names) {
        return names.stream()
                .distinct()
                .map(name -> users.findByName(name)
                        .orElseThrow(() -> new IllegalStateException("the database has no user " + name)))
                .toList();
    }
}
