package dev.sluice.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.query.operator.AggregateOperator;
import dev.sluice.query.operator.RawOperator;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.Inherited;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.plan.SelectPlanner;
import dev.sluice.query.plan.StatementChecks;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.SourceNames;
import dev.sluice.query.source.SourceResolver;
import dev.sluice.storage.SeriesReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
            run(plan(statement, counted), counted, sink);
        }
    }

    private SelectPlan plan(SelectStatement statement, QueryContext context) {
        SourceNames.check(statement, catalog, context);
        StatementChecks.check(statement);
        SourceResolver resolver = new SourceResolver(catalog, context.view().of(reader));
        SelectPlanner planner = new SelectPlanner(
                resolver, context, (plan, result) -> run(plan, context, new CountedRows(result, context.memory())));
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
            return explain(plan(statement, context.withMemory(account)));
        }
    }

    private static List<String> explain(SelectPlan plan) {
        int series = plan.sources().stream()
                .mapToInt(source -> source.series().size())
                .sum();
        if (series == 0) {
            return List.of("");
        }
        int shards =
                plan.sources().stream().mapToInt(RowSource::shardCount).max().orElse(0);
        PlanTypes types = new PlanTypes(plan.fields());
        String references = plan.outputs().stream()
                .flatMap(output -> Expressions.references(output.expression()).stream())
                .distinct()
                .map(reference -> types.typed(reference).toString())
                .collect(Collectors.joining(", "));
        List<String> expressions = plan.calls().isEmpty()
                ? List.of("<nil>")
                : plan.calls().stream()
                        .map(call -> types.typed(call).toString())
                        .toList();
        List<String> lines = new ArrayList<>();
        for (String expression : expressions) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("EXPRESSION: " + expression);
            if (!references.isEmpty()) {
                lines.add("AUXILIARY FIELDS: " + references);
            }
            lines.add("NUMBER OF SHARDS: " + shards);
            lines.add("NUMBER OF SERIES: " + series);
        }
        return lines;
    }
}
