package dev.sluice.catalog.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code last_ids}: the highest id a kind of thing ever had. */
@Entity
@Table(name = "last_ids")
class LastIdEntity {

    /** What ids are given to. */
    enum Kind {
        DATABASE,
        SHARD_GROUP,
        SHARD
    }

    @Id
    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private Kind kind = Kind.DATABASE;

    @Column(name = "last_id")
    private long lastId;

    /** For JPA. */
    protected LastIdEntity() {}

    LastIdEntity(Kind kind, long lastId) {
        this.kind = kind;
        this.lastId = lastId;
    }

    Kind kind() {
        return kind;
    }

    long lastId() {
        return lastId;
    }
}
