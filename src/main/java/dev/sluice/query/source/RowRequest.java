package dev.sluice.query.source;

import dev.sluice.model.TimeRange;
import java.util.List;

/**
 * Which rows of a series are read.
 *
 * @param fields names of the columns behind the times; a row has a value of at least one of them
 * @param range of time
 * @param ascending order of the rows
 * @param rowLimit how many of them are wanted, from the beginning in that order; 0 for all
 */
public record RowRequest(List<String> fields, TimeRange range, boolean ascending, int rowLimit) {

    public RowRequest {
        fields = List.copyOf(fields);
    }
}
