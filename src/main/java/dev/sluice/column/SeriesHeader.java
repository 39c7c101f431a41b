package dev.sluice.column;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands above the rows of one series of a result.
 *
 * @param name measurement or title; empty when the result has none (then JSON leaves the member out)
 * @param tags grouping tags in the order they are printed; empty when there are none
 * @param columns names in order
 * @param timeColumn whether the first column holds timestamps, to be printed as the request asks for
 * @param unsignedColumns a bit per column that is set where a {@link LongColumn} holds unsigned integers
 * @param zone the zone times are printed in when they are printed as text
 */
public record SeriesHeader(
        String name,
        Map<String, String> tags,
        List<String> columns,
        boolean timeColumn,
        BitSet unsignedColumns,
        ZoneId zone) {

    public SeriesHeader {
        columns = List.copyOf(columns);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        unsignedColumns = (BitSet) unsignedColumns.clone();
    }

    /** A header without tags, time column or unsigned columns, as administrative statements have it. */
    public static SeriesHeader plain(String name, List<String> columns) {
        return new SeriesHeader(name, Map.of(), columns, false, new BitSet(), ZoneOffset.UTC);
    }
}
