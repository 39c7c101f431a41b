package dev.sluice.catalog.jpa;

import dev.sluice.catalog.Database;
import dev.sluice.model.DatabaseId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.List;
import org.springframework.data.domain.Persistable;

/** A row of {@code databases}; its id is given by the catalogue, ascending in order of creation. */
@Entity
@Table(name = "databases")
class DatabaseEntity implements Persistable<Long> {

    @Id
    private long id;

    private String name = "";

    @Column(name = "default_retention_policy")
    private String defaultRetentionPolicy = "";

    /** Spares the select that Spring Data does first for an id it has not generated itself. */
    @Transient
    private boolean unsaved;

    /** For JPA. */
    protected DatabaseEntity() {}

    DatabaseEntity(Database database) {
        this.id = database.id().value();
        this.name = database.name();
        this.defaultRetentionPolicy = database.defaultRetentionPolicy();
        this.unsaved = true;
    }

    @Override
    public Long getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return unsaved;
    }

    @PostPersist
    @PostLoad
    void markSaved() {
        unsaved = false;
    }

    void setDefaultRetentionPolicy(String defaultRetentionPolicy) {
        this.defaultRetentionPolicy = defaultRetentionPolicy;
    }

    Database toDatabase(
            List<dev.sluice.catalog.RetentionPolicy> policies, List<dev.sluice.catalog.ContinuousQuery> queries) {
        return new Database(new DatabaseId(id), name, defaultRetentionPolicy, policies, queries);
    }
}
