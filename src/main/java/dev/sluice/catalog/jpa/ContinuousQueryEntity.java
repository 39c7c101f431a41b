package dev.sluice.catalog.jpa;

import dev.sluice.catalog.ContinuousQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code continuous_queries}. */
@Entity
@Table(name = "continuous_queries")
class ContinuousQueryEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "database_id")
    private long databaseId;

    private String name = "";

    @Column(name = "query_text")
    private String text = "";

    /** For JPA. */
    protected ContinuousQueryEntity() {}

    ContinuousQueryEntity(long databaseId, ContinuousQuery query) {
        this.databaseId = databaseId;
        this.name = query.name();
        this.text = query.text();
    }

    long databaseId() {
        return databaseId;
    }

    ContinuousQuery toContinuousQuery() {
        return new ContinuousQuery(name, text);
    }
}
