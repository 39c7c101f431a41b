package dev.sluice.backup;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The rows of one series as lines of line protocol ("InfluxDB line protocol reference", 1.x), with times in nanoseconds. */
final class PointText {

    private final String key;
    private final List<String> names;
    private final List<FieldType> types;
    private final StringBuilder line = new StringBuilder();

    /**
     * Text for a series.
     *
     * @param key measurement and tags, escaped
     * @param fields names of the columns behind the times
     * @param types of those columns
     */
    PointText(String key, List<String> fields, List<FieldType> types) {
        this.key = key;
        this.names = fields.stream()
                .map(name -> name.replaceAll("([,= ])", "\\\\$1"))
                .toList();
        this.types = types;
    }

    /** Writes one row; one without any value is none. */
    void write(long time, List<Column> columns, int row, Writer out) throws IOException {
        line.setLength(0);
        line.append(key);
        char separator = ' ';
        for (int i = 0; i < names.size(); i++) {
            Column column = columns.get(i + 1);
            if (!column.isNull(row)) {
                line.append(separator).append(names.get(i)).append('=');
                appendValue(column, types.get(i), row);
                separator = ',';
            }
        }
        if (separator == ',') {
            line.append(' ').append(time).append('\n');
            out.append(line);
        }
    }

    private void appendValue(Column column, FieldType type, int row) {
        switch (type) {
            case FLOAT -> line.append(((DoubleColumn) column).get(row));
            case INTEGER -> line.append(((LongColumn) column).get(row)).append('i');
            case UNSIGNED ->
                line.append(Long.toUnsignedString(((LongColumn) column).get(row)))
                        .append('u');
            case BOOLEAN -> line.append(((BooleanColumn) column).get(row));
            case STRING -> {
                String text = ((StringColumn) column).getString(row);
                line.append('"');
                for (int i = 0; i < text.length(); i++) {
                    char c = text.charAt(i);
                    if (c == '"' || c == '\\') {
                        line.append('\\');
                    }
                    line.append(c);
                }
                line.append('"');
            }
        }
    }
}
