package dev.sluice.system.crash;

import dev.sluice.system.ServiceProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a service has of one worker's things, read through its API: a line per point, series, policy, user and grant, in
 * the form of {@link WorkerState#facts}.
 */
final class Facts {

    private Facts() {}

    static TreeSet<String> read(ServiceProcess service, String database) throws IOException, InterruptedException {
        TreeSet<String> facts = new TreeSet<>();
        for (List<String> user : rows(service, "", "SHOW USERS")) {
            String name = user.get(2);
            if (name.startsWith(database + "_")) {
                facts.add("user " + name + " " + user.get(3));
                for (List<String> grant : rows(service, "", "SHOW GRANTS FOR " + name)) {
                    if (!grant.get(3).equals("NO PRIVILEGES")) {
                        facts.add("grant " + name + " " + grant.get(2) + " " + grant.get(3));
                    }
                }
            }
        }
        if (rows(service, "", "SHOW DATABASES").stream()
                .noneMatch(row -> row.get(2).equals(database))) {
            return facts;
        }
        facts.add("database " + database);
        for (List<String> policy : rows(service, "", "SHOW RETENTION POLICIES ON " + database)) {
            facts.add("policy " + policy.get(2) + " " + policy.get(3));
            facts.addAll(points(service, database, policy.get(2)));
        }
        for (List<String> series : rows(service, "", "SHOW SERIES ON " + database)) {
            facts.add("series " + series.get(2));
        }
        return facts;
    }

    private static List<String> points(ServiceProcess service, String database, String policy)
            throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>();
        List<String> header = List.of();
        String statement = "SELECT * FROM " + database + "." + policy + "./.*/";
        for (List<String> row : table(service, "", statement)) {
            if (row.get(0).equals("name")) {
                header = row;
                continue;
            }
            String series = row.get(0) + ",s=" + row.get(header.indexOf("s"));
            StringBuilder fact = new StringBuilder("point " + policy + " " + series + " " + row.get(2));
            for (String field : List.of("v", "x")) {
                int column = header.indexOf(field);
                if (column > 0 && !row.get(column).isEmpty()) {
                    fact.append(' ').append(field).append('=').append(row.get(column));
                }
            }
            facts.add(fact.toString());
        }
        return facts;
    }

    private static List<List<String>> rows(ServiceProcess service, String database, String statement)
            throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>(table(service, database, statement));
        rows.removeIf(row -> row.get(0).equals("name") && row.get(1).equals("tags"));
        return rows;
    }

    private static List<List<String>> table(ServiceProcess service, String database, String statement)
            throws IOException, InterruptedException {
        String text = service.csv(database, statement);
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isBlank()) {
                rows.add(cells(line));
            }
        }
        return rows;
    }

    /** A line of CSV; only whole cells are quoted, and no cell holds a quote. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at <= line.length()) {
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            int end = quoted ? line.indexOf('"', at + 1) : line.indexOf(',', at);
            end = end < 0 ? line.length() : end;
            cells.add(line.substring(quoted ? at + 1 : at, end));
            at = end + (quoted ? 2 : 1);
        }
        return cells;
    }
}
