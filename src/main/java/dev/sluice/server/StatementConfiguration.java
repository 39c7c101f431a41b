package dev.sluice.server;

import dev.sluice.account.Roles;
import dev.sluice.account.Users;
import dev.sluice.account.rule.AccessRules;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.ingest.CountingPointWriter;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.PointIngest;
import dev.sluice.ingest.PointWriter;
import dev.sluice.ingest.ShardWrites;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.monitor.Diagnostics;
import dev.sluice.monitor.Statistics;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryEngine;
import dev.sluice.query.QueryLimits;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.SelectEngine;
import dev.sluice.retention.UnownedPoints;
import dev.sluice.statement.CatalogHandlers;
import dev.sluice.statement.DatabaseHandlers;
import dev.sluice.statement.DispatchingStatementExecutor;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.LimitsByCaller;
import dev.sluice.statement.MonitorHandlers;
import dev.sluice.statement.QueryHandlers;
import dev.sluice.statement.RunningQueries;
import dev.sluice.statement.StatementAuthorizer;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementMemory;
import dev.sluice.statement.StatementObserver;
import dev.sluice.statement.UserHandlers;
import dev.sluice.statement.access.AccessAdministration;
import dev.sluice.statement.access.FineGrainedAccess;
import dev.sluice.statement.schema.CardinalityHandler;
import dev.sluice.statement.schema.RemovalHandlers;
import dev.sluice.statement.schema.SchemaHandlers;
import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.subscription.ForwardingPointWriter;
import dev.sluice.subscription.SubscriptionDeliveries;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writing points and running statements. */
@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

    private static final LongSupplier NOW = SystemNanos.CLOCK;

    @Bean
    WritesInFlight writesInFlight() {
        return new WritesInFlight();
    }

    @Bean
    ShardWrites shardWrites() {
        return new ShardWrites();
    }

    @Bean
    CountingPointWriter pointWriter(
            Catalog catalog,
            TimeSeriesStore store,
            WritesInFlight inFlight,
            ShardWrites writes,
            ObjectProvider<SubscriptionDeliveries> deliveries) {
        PointWriter writer = new ShardingPointWriter(catalog, store, inFlight, writes, NOW);
        SubscriptionDeliveries present = deliveries.getIfAvailable();
        return new CountingPointWriter(present == null ? writer : new ForwardingPointWriter(writer, catalog, present));
    }

    @Bean
    LineProtocolIngest lineProtocolIngest(PointWriter writer) {
        return new LineProtocolIngest(writer, NOW);
    }

    @Bean
    PointIngest pointIngest(PointWriter writer) {
        return new PointIngest(writer);
    }

    @Bean
    WriteTargets writeTargets(Catalog catalog) {
        return new WriteTargets(catalog);
    }

    @Bean(destroyMethod = "shutDown")
    RunningQueries runningQueries(InfluxProperties properties) {
        InfluxProperties.Coordinator coordinator = properties.coordinator();
        return new RunningQueries(
                coordinator.maxConcurrentQueries(), coordinator.queryTimeout().nanos());
    }

    @Bean
    QueryWorkers queryWorkers() {
        return new QueryWorkers(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    MemoryAccount queryMemory(InfluxProperties properties) {
        return MemoryAccount.ofService(
                properties.coordinator().maxTotalQueryMemory().bytes());
    }

    @Bean
    QueryEngine queryEngine(Catalog catalog, TimeSeriesStore store, QueryWorkers workers, MemoryAccount memory) {
        return new SelectEngine(catalog, store, workers, memory);
    }

    @Bean
    LimitsByCaller limitsByCaller(InfluxProperties properties) {
        return properties.limits().toLimits();
    }

    @Bean
    QueryLimits queryLimits(InfluxProperties properties) {
        InfluxProperties.Coordinator coordinator = properties.coordinator();
        return new QueryLimits(
                coordinator.maxSelectPoint(),
                coordinator.maxSelectSeries(),
                coordinator.maxSelectBuckets(),
                coordinator.maxQueryMemory().bytes());
    }

    @Bean
    StatementMemory statementMemory(MemoryAccount memory, QueryLimits limits, LimitsByCaller callerLimits) {
        return caller -> memory.openQuery(callerLimits.of(caller).within(limits).maxMemoryBytes());
    }

    @Bean
    FineGrainedAccess fineGrainedAccess(AccessRules rules, Catalog catalog, TimeSeriesStore store) {
        return new FineGrainedAccess(rules, catalog, () -> store.statistics().appendCount());
    }

    @Bean
    AccessAdministration accessAdministration(Users users, Roles roles, Catalog catalog) {
        return new AccessAdministration(users, roles, catalog);
    }

    @Bean
    StatementAuthorizer statementAuthorizer(Users users) {
        return new StatementAuthorizer(users);
    }

    @Bean
    StatementExecutor statementExecutor(
            Catalog catalog,
            Users users,
            TimeSeriesStore store,
            UnownedPoints unowned,
            PointWriter writer,
            QueryEngine engine,
            StatementMemory memory,
            QueryLimits limits,
            RunningQueries running,
            FineGrainedAccess access,
            LimitsByCaller callerLimits,
            StatementObserver observer,
            Statistics statistics,
            Diagnostics diagnostics) {
        Handlers handlers = new Handlers();
        new DatabaseHandlers(catalog, users, unowned).registerWith(handlers);
        new UserHandlers(users, catalog).registerWith(handlers);
        new CatalogHandlers(catalog).registerWith(handlers);
        new SchemaHandlers(catalog, store, memory).registerWith(handlers);
        new CardinalityHandler(catalog, store, memory).registerWith(handlers);
        new RemovalHandlers(catalog, store).registerWith(handlers);
        new MonitorHandlers(statistics, diagnostics).registerWith(handlers);
        new QueryHandlers(engine, writer, running, limits, callerLimits).registerWith(handlers);
        return new DispatchingStatementExecutor(handlers, running, NOW, access::of, callerLimits, observer);
    }
}
