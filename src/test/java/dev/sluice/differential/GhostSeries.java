package dev.sluice.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Series that the reference keeps of points it refused, and Sluice does not: a difference on purpose. They are taken away
 * from the reference, so that what follows can be compared.
 */
final class GhostSeries {

    /** Where docs/compatibility.md speaks of them. */
    static final String DOCUMENTED = "points refused for a field's type";

    private final Exchange.Asked reference;
    private final Exchange.Asked ours;

    GhostSeries(Exchange.Asked reference, Exchange.Asked ours) {
        this.reference = reference;
        this.ours = ours;
    }

    /** Whether an answer says that points were refused. */
    static boolean mayBeLeftBy(Answer answer) {
        return answer.status() == 400 && answer.body().matches("(?s).*partial write: .* dropped=[1-9].*");
    }

    /**
     * Removes them.
     *
     * @param database that was written to
     * @param refused the request whose points were refused, in part
     * @return whether both list the same series and fields now: fields of a refused point cannot be taken away, and series
     *     that are none of its are no ghosts
     */
    boolean remove(String database, Request refused) throws InterruptedException {
        Request list = Request.query(database, "SHOW SERIES");
        Set<String> own = keys(ours.ask(list));
        Set<String> theirs = keys(reference.ask(list));
        Set<String> ghosts = new TreeSet<>(theirs);
        ghosts.removeAll(own);
        if (!theirs.containsAll(own) || !ghosts.stream().allMatch(key -> names(refused, key))) {
            return false;
        }
        Set<String> tags = theirs.stream()
                .flatMap(key -> parts(key).stream().skip(1))
                .map(GhostSeries::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String ghost : ghosts) {
            reference.ask(Request.query(database, dropOf(ghost, tags)));
        }
        Request fields = Request.query(database, "SHOW FIELD KEYS");
        return keys(reference.ask(list)).equals(own)
                && reference.ask(fields).body().equals(ours.ask(fields).body());
    }

    /** Whether the reference lists the same fields, or those of a measurement beside them of which only ghosts were left. */
    static boolean leaveFieldsOf(Exchange exchange) {
        return fields(exchange.reference()).containsAll(fields(exchange.ours()));
    }

    private static Set<String> fields(Answer answer) {
        return JsonAnswers.series(answer).stream()
                .filter(series -> series.has("name"))
                .flatMap(series -> series.path("values").values().stream().map(row -> series.path("name") + " " + row))
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(Answer answer) {
        return JsonAnswers.rows(answer).stream()
                .map(row -> row.path(0).asString(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean names(Request refused, String key) {
        return refused.body().lines().anyMatch(line -> line.stripLeading().startsWith(key + " "));
    }

    /** DROP SERIES of that series only: the tags it does not have are empty. */
    private static String dropOf(String key, Set<String> tags) {
        List<String> parts = parts(key);
        List<String> conditions = new ArrayList<>();
        for (String tag : tags) {
            String value = parts.stream()
                    .skip(1)
                    .filter(part -> name(part).equals(tag))
                    .findFirst()
                    .map(part -> part.substring(name(part).length() + 1))
                    .orElse("");
            conditions.add(quoted(plain(tag), '"') + " = " + quoted(plain(value), '\''));
        }
        return "DROP SERIES FROM " + quoted(plain(parts.get(0)), '"')
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** Measurement and tags of a key, escaped as they are. */
    private static List<String> parts(String key) {
        return List.of(key.split("(?<!\\\\),"));
    }

    private static String name(String tag) {
        return tag.split("(?<!\\\\)=", 2)[0];
    }

    private static String plain(String escaped) {
        return escaped.replaceAll("\\\\([ ,=])", "$1");
    }

    private static String quoted(String text, char quote) {
        return quote + text.replace("\\", "\\\\").replace(String.valueOf(quote), "\\" + quote) + quote;
    }
}
