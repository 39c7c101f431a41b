package dev.sluice.account.jpa;

import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.NameMatcher.Match;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code access_rules} with its tags and those it is for. */
@Entity
@Table(name = "access_rules")
class AccessRuleEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private Kind kind = Kind.RESTRICTION;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(name = "database_match")
    private Match databaseMatch = Match.EXACT;

    @Column(name = "database_value")
    private String databaseValue = "";

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(name = "measurement_match")
    private @Nullable Match measurementMatch;

    @Column(name = "measurement_value")
    private @Nullable String measurementValue;

    private boolean reads;

    private boolean writes;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "access_rule_tags", joinColumns = @JoinColumn(name = "rule_id"))
    @OrderColumn(name = "position")
    private final List<TagMatcherRow> tags = new ArrayList<>();

    @ManyToMany(fetch = FetchType.LAZY)
    @JoinTable(
            name = "access_rule_users",
            joinColumns = @JoinColumn(name = "rule_id"),
            inverseJoinColumns = @JoinColumn(name = "user_id"))
    @OrderBy("id")
    private final Set<UserEntity> users = new LinkedHashSet<>();

    @ManyToMany(fetch = FetchType.LAZY)
    @JoinTable(
            name = "access_rule_roles",
            joinColumns = @JoinColumn(name = "rule_id"),
            inverseJoinColumns = @JoinColumn(name = "role_id"))
    @OrderBy("id")
    private final Set<RoleEntity> roles = new LinkedHashSet<>();

    /** For JPA. */
    protected AccessRuleEntity() {}

    AccessRuleEntity(AccessRule rule, Collection<UserEntity> users, Collection<RoleEntity> roles) {
        this.kind = rule.kind();
        this.databaseMatch = rule.database().match();
        this.databaseValue = rule.database().value();
        NameMatcher measurement = rule.measurement();
        if (measurement != null) {
            this.measurementMatch = measurement.match();
            this.measurementValue = measurement.value();
        }
        this.reads = rule.actions().contains(Action.READ);
        this.writes = rule.actions().contains(Action.WRITE);
        rule.tags().forEach(tag -> tags.add(new TagMatcherRow(tag)));
        this.users.addAll(users);
        this.roles.addAll(roles);
    }

    boolean isForNobody() {
        return kind == Kind.GRANT && users.isEmpty() && roles.isEmpty();
    }

    AccessRule toRule() {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        if (reads) {
            actions.add(Action.READ);
        }
        if (writes) {
            actions.add(Action.WRITE);
        }
        return new AccessRule(
                Long.toString(id),
                kind,
                new NameMatcher(databaseMatch, databaseValue),
                measurementMatch == null || measurementValue == null
                        ? null
                        : new NameMatcher(measurementMatch, measurementValue),
                tags.stream().map(TagMatcherRow::toMatcher).toList(),
                actions,
                users.stream().map(UserEntity::name).toList(),
                roles.stream().map(RoleEntity::name).toList());
    }
}
