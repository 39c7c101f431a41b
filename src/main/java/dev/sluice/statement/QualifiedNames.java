package dev.sluice.statement;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import java.util.ArrayList;
import java.util.List;

/** Writes statements with every measurement named in full: database, retention policy, name. */
final class QualifiedNames {

    private final Catalog catalog;
    private final String defaultDatabase;
    private final String defaultPolicy;

    private QualifiedNames(Catalog catalog, String defaultDatabase, String defaultPolicy) {
        this.catalog = catalog;
        this.defaultDatabase = defaultDatabase;
        this.defaultPolicy = defaultPolicy;
    }

    /**
     * The statement with full names. The request's database comes before that of the continuous query.
     *
     * @throws CatalogException when a database does not exist, or none is named
     */
    static CreateContinuousQueryStatement of(
            CreateContinuousQueryStatement statement, Catalog catalog, Execution execution) {
        String database = execution.defaultDatabase().isEmpty() ? statement.database() : execution.defaultDatabase();
        if (database.isEmpty()) {
            throw CatalogException.databaseNotFound(database);
        }
        return new CreateContinuousQueryStatement(
                statement.name(),
                statement.database(),
                new QualifiedNames(catalog, database, execution.defaultRetentionPolicy()).qualify(statement.select()),
                statement.resampleEveryNanos(),
                statement.resampleForNanos());
    }

    /** The same for a SELECT of its own. */
    static SelectStatement of(SelectStatement statement, Catalog catalog, Execution execution) {
        return new QualifiedNames(catalog, execution.defaultDatabase(), execution.defaultRetentionPolicy())
                .qualify(statement);
    }

    private SelectStatement qualify(SelectStatement select) {
        List<Source> sources = new ArrayList<>();
        Measurement target = select.target() == null ? null : qualify(select.target());
        for (Source source : select.sources()) {
            sources.add(
                    source instanceof SubQuery query
                            ? new SubQuery(qualify(query.statement()))
                            : qualify((Measurement) source));
        }
        return new SelectStatement(
                select.fields(),
                target,
                sources,
                select.condition(),
                select.dimensions(),
                select.fill(),
                select.sortFields(),
                select.limit(),
                select.offset(),
                select.seriesLimit(),
                select.seriesOffset(),
                select.zone());
    }

    private Measurement qualify(Measurement measurement) {
        String name = measurement.database() == null ? defaultDatabase : measurement.database();
        if (name.isEmpty()) {
            throw new StatementException("database name required");
        }
        Database database = catalog.findDatabase(name).orElseThrow(() -> CatalogException.databaseNotFound(name));
        String policy = measurement.retentionPolicy();
        if (policy == null || policy.isEmpty()) {
            policy = defaultPolicy.isEmpty() ? database.defaultRetentionPolicy() : defaultPolicy;
        }
        return new Measurement(name, policy, measurement.name(), measurement.regex());
    }

    /**
     * Checks that the retention policies of a statement exist; its names are full.
     *
     * @throws CatalogException when one does not
     */
    static void requirePolicies(SelectStatement qualified, Catalog catalog) {
        if (qualified.target() != null) {
            requirePolicy(qualified.target(), catalog);
        }
        for (Source source : qualified.sources()) {
            if (source instanceof SubQuery query) {
                requirePolicies(query.statement(), catalog);
            } else {
                requirePolicy((Measurement) source, catalog);
            }
        }
    }

    private static void requirePolicy(Measurement measurement, Catalog catalog) {
        String database = String.valueOf(measurement.database());
        String policy = String.valueOf(measurement.retentionPolicy());
        boolean known = catalog.findDatabase(database)
                .flatMap(found -> found.findRetentionPolicy(policy))
                .isPresent();
        if (!known) {
            throw CatalogException.retentionPolicyNotFound(database + "." + policy);
        }
    }
}
