package dev.sluice.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.query.explain.AnalyzedTree;
import dev.sluice.query.explain.QueryPlanText;
import dev.sluice.query.operator.AggregateOperator;
import dev.sluice.query.operator.RawOperator;
import dev.sluice.query.plan.IdleParentheses;
import dev.sluice.query.plan.Inherited;
import dev.sluice.query.plan.PlanOutline;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.plan.SelectPlanner;
import dev.sluice.query.plan.StatementChecks;
import dev.sluice.query.source.SourceNames;
import dev.sluice.query.source.SourceResolver;
import dev.sluice.storage.SeriesReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Runs SELECT over a catalogue and a store: plan, then operators over column batches. */
public final class SelectEngine implements QueryEngine {

    private final Catalog catalog;
    private final QueryWorkers workers;
    private final SeriesReader reader;
    private final MemoryAccount memory;

    /** An engine that does everything on the thread of the query. */
    public SelectEngine(Catalog catalog, SeriesReader reader) {
        this(catalog, reader, QueryWorkers.NONE, MemoryAccount.UNLIMITED);
    }

    /**
     * An engine.
     *
     * @param workers help with large queries; whoever made them closes them
     * @param memory of all queries of this engine
     */
    public SelectEngine(Catalog catalog, SeriesReader reader, QueryWorkers workers, MemoryAccount memory) {
        this.catalog = catalog;
        this.workers = workers;
        this.reader = reader;
        this.memory = memory;
    }

    @Override
    public void execute(SelectStatement statement, QueryContext context, SeriesSink sink) {
        try (MemoryAccount account = memory.openQuery(context.limits().maxMemoryBytes())) {
            QueryContext counted = context.withMemory(account);
            run(plan(statement, counted, () -> 0, spent -> {}).plan(), counted, sink);
        }
    }

    /**
     * Plans a statement, which runs the inner ones.
     *
     * @param clock in nanoseconds
     * @param innerNanos takes what each inner statement took
     */
    private PlanOutline plan(
            SelectStatement written, QueryContext context, LongSupplier clock, LongConsumer innerNanos) {
        SelectStatement statement = IdleParentheses.removeFrom(written);
        SourceNames.check(statement, catalog, context);
        StatementChecks.check(statement);
        SourceResolver resolver = new SourceResolver(catalog, context.view().of(reader));
        SelectPlanner planner = new SelectPlanner(resolver, context, (plan, result) -> {
            long start = clock.getAsLong();
            run(plan, context, new CountedRows(result, context.memory()));
            innerNanos.accept(clock.getAsLong() - start);
        });
        return planner.plan(statement, Inherited.NOTHING);
    }

    private void run(SelectPlan plan, QueryContext context, SeriesSink sink) {
        if (plan.calls().isEmpty()) {
            new RawOperator(plan, context, workers).run(sink);
        } else {
            new AggregateOperator(plan, context, workers).run(sink);
        }
    }

    @Override
    public List<String> explain(SelectStatement statement, QueryContext context) {
        try (MemoryAccount account = memory.openQuery(context.limits().maxMemoryBytes())) {
            PlanOutline outline = plan(statement, context.withMemory(account), () -> 0, spent -> {});
            return QueryPlanText.of(outline, source -> qualified(source, context), context.nowNanos(), account);
        }
    }

    @Override
    public List<String> analyze(SelectStatement statement, QueryContext context) {
        try (MemoryAccount account = memory.openQuery(context.limits().maxMemoryBytes())) {
            QueryContext counted = context.withMemory(account);
            AtomicLong inner = new AtomicLong();
            long start = System.nanoTime();
            PlanOutline outline = plan(statement, counted, System::nanoTime, inner::addAndGet);
            long planned = System.nanoTime();
            run(outline.plan(), counted, new DiscardedRows());
            long done = System.nanoTime();
            AnalyzedTree.Times times =
                    new AnalyzedTree.Times(planned - start - inner.get(), done - planned + inner.get());
            return AnalyzedTree.of(outline, times, source -> qualified(source, context), context.nowNanos(), account);
        }
    }

    /** A measurement with the database and the retention policy that it is looked for in. */
    private Measurement qualified(Measurement written, QueryContext context) {
        String name = written.database() == null ? context.database() : written.database();
        String policy = written.retentionPolicy();
        if (policy == null || policy.isEmpty()) {
            policy = catalog.findDatabase(name)
                    .map(database -> database.loadRetentionPolicy(context.retentionPolicy())
                            .name())
                    .orElse("");
        }
        return new Measurement(name, policy, written.name(), written.regex());
    }

    /** Takes rows that nobody wants to see. */
    private static final class DiscardedRows implements SeriesSink {

        @Override
        public void series(SeriesHeader header) {
            // Only how long it takes is asked.
        }

        @Override
        public void rows(ColumnBatch batch) {
            // Only how long it takes is asked.
        }
    }
}
