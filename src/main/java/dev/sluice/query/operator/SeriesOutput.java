package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.model.FieldType;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One series of the result on its way to the sink: its header before the first row, and LIMIT and OFFSET. */
final class SeriesOutput {

    private final SeriesSink sink;
    private final SeriesHeader header;
    private long skip;
    private long rest;
    private boolean begun;

    SeriesOutput(SelectPlan plan, Group group, SeriesSink sink) {
        this.sink = sink;
        this.header = header(plan, group);
        this.skip = plan.offset();
        this.rest = plan.limit() == 0 ? Long.MAX_VALUE : plan.limit();
    }

    private static SeriesHeader header(SelectPlan plan, Group group) {
        List<String> columns = new ArrayList<>();
        columns.add(plan.timeName());
        BitSet unsigned = new BitSet();
        for (Output output : plan.outputs()) {
            if (output.type() == FieldType.UNSIGNED) {
                unsigned.set(columns.size());
            }
            columns.add(output.name());
        }
        return new SeriesHeader(group.name(), group.tags(), columns, true, unsigned, plan.zone());
    }

    /** Whether no more rows are wanted. */
    boolean isFull() {
        return rest == 0;
    }

    void rows(ColumnBatch batch) {
        int start = (int) Math.min(skip, batch.rowCount());
        skip -= start;
        int length = (int) Math.min(rest, batch.rowCount() - start);
        if (length == 0) {
            return;
        }
        rest -= length;
        if (!begun) {
            begun = true;
            sink.series(header);
        }
        sink.rows(length == batch.rowCount() ? batch : batch.region(start, length));
    }
}
