package dev.sluice.differential;

/** Draws SHOW statements about measurements, series, tags and fields, and their cardinalities. */
final class ShowStatements {

    private final Choice choice;
    private final Table table;
    private final Conditions conditions;

    ShowStatements(Choice choice) {
        this.choice = choice;
        this.table = choice.of(Dataset.TABLES);
        this.conditions = new Conditions(choice, table);
    }

    String show() {
        return switch (choice.below(12)) {
            case 0, 1 ->
                "SHOW MEASUREMENTS" + on() + withMeasurement() + conditions.onTagsAndTimes(40) + order() + page();
            case 2, 3 -> "SHOW SERIES" + on() + from() + conditions.onTagsAndTimes(40) + order() + page();
            case 4, 5 ->
                "SHOW TAG KEYS" + on() + from() + conditions.onTagsAndTimes(40) + order() + page()
                        + choice.maybe(10, () -> " SLIMIT 1");
            case 6, 7, 8 ->
                "SHOW TAG VALUES" + on() + from() + withKey() + conditions.onTagsAndTimes(40) + order() + page();
            case 9, 10 -> "SHOW FIELD KEYS" + on() + from() + order() + page();
            default -> "SHOW RETENTION POLICIES" + on();
        };
    }

    String cardinality() {
        String exact = choice.chance(50) ? " EXACT CARDINALITY" : " CARDINALITY";
        String tail = conditions.onTagsAndTimes(30) + choice.maybe(15, this::grouping) + page();
        return switch (choice.below(6)) {
            case 0, 1 -> "SHOW SERIES" + exact + on() + from() + tail;
            case 2 -> "SHOW MEASUREMENT" + exact + on() + from() + tail;
            case 3 -> "SHOW TAG KEY" + exact + on() + from() + tail;
            case 4 -> "SHOW FIELD KEY" + exact + on() + from() + tail;
            default -> "SHOW TAG VALUES" + exact + on() + from() + withKey() + tail;
        };
    }

    private String grouping() {
        return " GROUP BY " + choice.of(table.tag(choice), "*", "/h/", table.tag(choice) + ", " + table.tag(choice));
    }

    private String on() {
        return choice.maybe(20, () -> " ON " + (choice.chance(80) ? Table.quote(choice, Dataset.DATABASE) : "nowhere"));
    }

    private String from() {
        return choice.maybe(60, () -> " FROM " + choice.list(2, choice.of(",", ", "), this::source));
    }

    private String source() {
        String name = choice.chance(70)
                ? table.measurement(choice)
                : choice.of(Dataset.TABLES).measurement(choice);
        return switch (choice.below(20)) {
            case 0 -> "/" + table.name().charAt(0) + "/";
            case 1 -> "/.*/";
            case 2 -> Dataset.OTHER_POLICY + "." + name;
            case 3 -> "autogen." + name;
            case 4 -> Dataset.DATABASE + ".." + name;
            case 5 -> Dataset.DATABASE + ".autogen." + name;
            case 6 -> choice.of("missing", "norp.cpu", "nodb..cpu", Dataset.OTHER_POLICY + "./.*/");
            default -> name;
        };
    }

    private String withMeasurement() {
        return choice.maybe(
                30,
                () -> " WITH MEASUREMENT "
                        + choice.of(
                                "= " + table.measurement(choice),
                                "=~ /" + table.name().charAt(0) + "/",
                                "=~ /^(cpu|mem)$/",
                                "= missing"));
    }

    private String withKey() {
        return " WITH KEY "
                + switch (choice.below(6)) {
                    case 0, 1 -> "= " + table.tag(choice);
                    case 2 -> "!= " + table.tag(choice);
                    case 3 -> choice.of("=~ ", "!~ ") + choice.of("/h/", "/.*/", "/^r/", "/ /");
                    default -> "IN (" + choice.list(3, ", ", () -> table.tag(choice)) + ")";
                };
    }

    private String order() {
        return choice.maybe(5, () -> choice.of(" ORDER BY time", " ORDER BY DESC", " ORDER BY time DESC"));
    }

    private String page() {
        return choice.maybe(15, () -> " LIMIT " + choice.below(4))
                + choice.maybe(10, () -> " OFFSET " + choice.below(4));
    }
}
