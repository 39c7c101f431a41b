package dev.sluice.account.jpa;

import dev.sluice.model.Privilege;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code grants}: one user's privilege on one database. */
@Entity
@Table(name = "grants")
class GrantEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "user_id")
    private @Nullable UserEntity user;

    @Column(name = "database_name")
    private String database = "";

    // By name in a plain text column: not an ordinal that a new constant could shift, not a type of one database's own.
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private Privilege privilege = Privilege.NONE;

    /** For JPA. */
    protected GrantEntity() {}

    GrantEntity(UserEntity user, String database, Privilege privilege) {
        this.user = user;
        this.database = database;
        this.privilege = privilege;
    }

    String database() {
        return database;
    }

    Privilege privilege() {
        return privilege;
    }

    void setPrivilege(Privilege privilege) {
        this.privilege = privilege;
    }
}
