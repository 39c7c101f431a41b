package dev.sluice.statement;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ContinuousQuery;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.Subscription;
import dev.sluice.column.StringColumn;
import dev.sluice.column.StringListColumn;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.CreateSubscriptionStatement;
import dev.sluice.influxql.tree.DropContinuousQueryStatement;
import dev.sluice.influxql.tree.DropSubscriptionStatement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.ShowContinuousQueriesStatement;
import dev.sluice.influxql.tree.ShowSubscriptionsStatement;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.ArrayList;
import java.util.List;

/** Definitions of continuous queries and subscriptions. */
public final class CatalogHandlers {

    private final Catalog catalog;

    public CatalogHandlers(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(CreateContinuousQueryStatement.class, this::createContinuousQuery)
                .describe(
                        CreateContinuousQueryStatement.class,
                        (statement, execution) -> QualifiedNames.of(statement, catalog, execution))
                .describe(
                        SelectStatement.class,
                        (statement, execution) -> QualifiedNames.of(statement, catalog, execution))
                .put(
                        DropContinuousQueryStatement.class,
                        (statement, execution) -> catalog.dropContinuousQuery(statement.database(), statement.name()))
                .put(ShowContinuousQueriesStatement.class, this::showContinuousQueries)
                .put(
                        CreateSubscriptionStatement.class,
                        (statement, execution) -> catalog.createSubscription(
                                statement.database(),
                                statement.retentionPolicy(),
                                new Subscription(
                                        statement.name(), statement.mode().name(), statement.destinations())))
                .put(
                        DropSubscriptionStatement.class,
                        (statement, execution) -> catalog.dropSubscription(
                                statement.database(), statement.retentionPolicy(), statement.name()))
                .put(ShowSubscriptionsStatement.class, this::showSubscriptions);
    }

    private void createContinuousQuery(CreateContinuousQueryStatement statement, Execution execution) {
        CreateContinuousQueryStatement qualified = QualifiedNames.of(statement, catalog, execution);
        QualifiedNames.requirePolicies(qualified.select(), catalog);
        catalog.createContinuousQuery(statement.database(), statement.name(), qualified.toString());
    }

    private void showContinuousQueries(ShowContinuousQueriesStatement statement, Execution execution) {
        for (Database database : catalog.databases()) {
            if (execution.caller().may(Privilege.READ, database.name())
                    || execution.caller().may(Privilege.WRITE, database.name())
                    || execution.caller().has(Permission.MANAGE_CONTINUOUS_QUERY, database.name())) {
                List<ContinuousQuery> queries = database.continuousQueries();
                execution.table(
                        database.name(),
                        List.of("name", "query"),
                        StringColumn.of(
                                queries.stream().map(ContinuousQuery::name).toList()),
                        StringColumn.of(
                                queries.stream().map(ContinuousQuery::text).toList()));
            }
        }
    }

    private void showSubscriptions(ShowSubscriptionsStatement statement, Execution execution) {
        for (Database database : catalog.databases()) {
            if (!execution.caller().has(Permission.MANAGE_SUBSCRIPTION, database.name())) {
                continue;
            }
            List<String> policies = new ArrayList<>();
            List<Subscription> subscriptions = new ArrayList<>();
            for (RetentionPolicy policy : database.retentionPolicies()) {
                for (Subscription subscription : policy.subscriptions()) {
                    policies.add(policy.name());
                    subscriptions.add(subscription);
                }
            }
            if (!subscriptions.isEmpty()) {
                execution.table(
                        database.name(),
                        List.of("retention_policy", "name", "mode", "destinations"),
                        StringColumn.of(policies),
                        StringColumn.of(
                                subscriptions.stream().map(Subscription::name).toList()),
                        StringColumn.of(
                                subscriptions.stream().map(Subscription::mode).toList()),
                        new StringListColumn(subscriptions.stream()
                                .map(Subscription::destinations)
                                .toList()));
            }
        }
    }
}
