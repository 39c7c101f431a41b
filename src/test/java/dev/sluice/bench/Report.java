package dev.sluice.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of results, in Markdown: a row per measurement, a column per server, ratios to the last server's figure. */
final class Report {

    private final List<String> servers;
    private final Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    /**
     * A result.
     *
     * @param cost what it says, such that less is better
     */
    private record Cell(String text, double cost) {}

    Report(List<String> servers) {
        this.servers = servers;
    }

    void rate(String row, String server, double perSecond) {
        put(row, server, format("%,.0f", perSecond), 1 / perSecond);
    }

    void times(String row, String server, Timings timings) {
        double median = timings.percentileMillis(0.5);
        String text =
                format("%.2f / %.2f / %.2f", median, timings.percentileMillis(0.95), timings.percentileMillis(0.99));
        put(row + ", ms p50 / p95 / p99", server, text, median);
    }

    void bytes(String row, String server, long bytes, long values) {
        if (bytes > 0) {
            put(row, server, format("%,.1f MB (%.2f per value)", bytes / 1e6, (double) bytes / values), bytes);
        }
    }

    void difference(String server, String type, String query) {
        differences.add(server + " answers a " + type + " differently: " + query);
    }

    private void put(String row, String server, String text, double cost) {
        rows.computeIfAbsent(row, fresh -> new LinkedHashMap<>()).put(server, new Cell(text, cost));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    void print(PrintStream out) {
        String last = servers.get(servers.size() - 1);
        out.println();
        out.println("| | " + String.join(" | ", servers) + " | "
                + (servers.size() > 1 ? servers.get(0) + " better than " + last + " |" : ""));
        out.println("|---".repeat(servers.size() + (servers.size() > 1 ? 2 : 1)) + "|");
        rows.forEach((name, cells) -> {
            StringBuilder line = new StringBuilder("| " + name);
            for (String server : servers) {
                line.append(" | ")
                        .append(cells.containsKey(server) ? cells.get(server).text() : "");
            }
            Cell first = cells.get(servers.get(0));
            Cell other = cells.get(last);
            if (servers.size() > 1) {
                line.append(" | ").append(first == null || other == null ? "" : times(other.cost() / first.cost()));
            }
            out.println(line + " |");
        });
        out.println();
        differences.forEach(out::println);
    }

    private static String times(double factor) {
        return format("%.2f ×", factor);
    }
}
