package dev.sluice.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.storage.SeriesReader;
import java.util.List;

/** The engine over a catalogue and a store. */
public final class SelectEngine implements QueryEngine {

    private final Catalog catalog;
    private final SeriesReader reader;

    public SelectEngine(Catalog catalog, SeriesReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    @Override
    public void execute(SelectStatement statement, QueryContext context, SeriesSink sink) {
        throw new QueryException("SELECT is not supported yet");
    }

    @Override
    public List<String> explain(SelectStatement statement, QueryContext context) {
        throw new QueryException("EXPLAIN is not supported yet");
    }
}
