package dev.sluice.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.query.operator.AggregateOperator;
import dev.sluice.query.operator.RawOperator;
import dev.sluice.query.plan.Inherited;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.plan.SelectPlanner;
import dev.sluice.query.plan.StatementChecks;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.SourceNames;
import dev.sluice.query.source.SourceResolver;
import dev.sluice.storage.SeriesReader;
import java.util.ArrayList;
import java.util.List;

/** Runs SELECT over a catalogue and a store: plan, then operators over column batches. */
public final class SelectEngine implements QueryEngine {

    private final Catalog catalog;
    private final SourceResolver resolver;

    public SelectEngine(Catalog catalog, SeriesReader reader) {
        this.catalog = catalog;
        this.resolver = new SourceResolver(catalog, reader);
    }

    @Override
    public void execute(SelectStatement statement, QueryContext context, SeriesSink sink) {
        run(plan(statement, context), context, sink);
    }

    private SelectPlan plan(SelectStatement statement, QueryContext context) {
        SourceNames.check(statement, catalog, context);
        StatementChecks.check(statement);
        SelectPlanner planner = new SelectPlanner(resolver, context, (plan, result) -> run(plan, context, result));
        return planner.plan(statement, Inherited.NOTHING);
    }

    private static void run(SelectPlan plan, QueryContext context, SeriesSink sink) {
        if (plan.calls().isEmpty()) {
            new RawOperator(plan, context).run(sink);
        } else {
            new AggregateOperator(plan, context).run(sink);
        }
    }

    @Override
    public List<String> explain(SelectStatement statement, QueryContext context) {
        SelectPlan plan = plan(statement, context);
        List<String> lines = new ArrayList<>();
        for (RowSource source : plan.sources()) {
            lines.add("SOURCE: " + source.name());
            lines.add("NUMBER OF SERIES: " + source.series().size());
        }
        lines.add("CALLS: " + plan.calls());
        lines.add("DIMENSIONS: " + plan.dimensions());
        return lines;
    }
}
