package dev.sluice.differential;

/** Draws SELECT statements. */
final class SelectStatements {

    private final Choice choice;
    private final Table table;
    private final Conditions conditions;
    private final Calls calls;

    SelectStatements(Choice choice) {
        this.choice = choice;
        this.table = choice.of(Dataset.TABLES);
        this.conditions = new Conditions(choice, table);
        this.calls = new Calls(choice, table);
    }

    String raw() {
        return "SELECT " + choice.list(3, ", ", this::rawField) + " FROM " + sources() + conditions.any()
                + choice.maybe(35, () -> " GROUP BY " + tags()) + choice.maybe(5, this::fill) + tail();
    }

    String aggregate() {
        boolean alone = choice.chance(15);
        String fields = alone ? calls.alone() + alias() : choice.list(3, ", ", this::aggregateField);
        if (choice.chance(10)) {
            fields += ", " + table.anyColumn(choice);
        }
        return grouped(fields);
    }

    String transformation() {
        boolean byTime = choice.chance(50);
        String field =
                switch (choice.below(4)) {
                    case 0 -> calls.math(byTime || choice.chance(20) ? calls.plainAggregate() : table.anyField(choice));
                    default -> calls.transformation(byTime);
                };
        String fields = field + alias() + choice.maybe(10, () -> ", " + calls.transformation(byTime));
        return "SELECT " + fields + " FROM " + sources()
                + (byTime
                        ? conditions.bounded() + " GROUP BY " + window() + choice.maybe(40, () -> ", " + tags())
                                + choice.maybe(50, this::fill)
                        : conditions.any() + choice.maybe(40, () -> " GROUP BY " + tags()))
                + tail();
    }

    String nested() {
        String inner = choice.chance(70)
                ? inner()
                : "(SELECT " + choice.of("*", table.number(choice) + ", *") + " FROM " + inner() + ")";
        String from = inner + choice.maybe(10, () -> ", " + inner());
        return switch (choice.below(4)) {
            case 0 ->
                "SELECT " + choice.of("*", "x", "x, y", "x + 1", table.anyColumn(choice)) + " FROM " + from
                        + choice.maybe(30, () -> " WHERE x > " + choice.between(-5, 10))
                        + choice.maybe(30, () -> " GROUP BY " + tags()) + tail();
            case 1 ->
                "SELECT " + choice.of("mean", "sum", "count", "max", "first") + "(x) FROM " + from
                        + conditions.bounded()
                        + " GROUP BY " + window() + choice.maybe(30, () -> ", " + tags()) + choice.maybe(40, this::fill)
                        + tail();
            default ->
                "SELECT "
                        + choice.list(
                                2,
                                ", ",
                                () -> choice.of("mean", "sum", "count", "max", "min", "first", "last") + "("
                                        + choice.of("x", "x", "y", "*") + ")")
                        + " FROM " + from + conditions.any()
                        + choice.maybe(30, () -> " GROUP BY " + tags()) + tail();
        };
    }

    private String inner() {
        return "(SELECT "
                + switch (choice.below(4)) {
                    case 0 ->
                        calls.plainAggregate() + " AS x"
                                + choice.maybe(40, () -> ", " + calls.plainAggregate() + " AS y")
                                + " FROM " + sources() + conditions.bounded() + " GROUP BY " + window()
                                + choice.maybe(50, () -> ", " + tags()) + choice.maybe(30, this::fill);
                    case 1 ->
                        calls.plainAggregate() + " AS x FROM " + sources() + conditions.any()
                                + choice.maybe(70, () -> " GROUP BY " + tags());
                    default ->
                        table.anyField(choice) + " AS x"
                                + choice.maybe(50, () -> ", " + table.anyColumn(choice) + " AS y") + " FROM "
                                + sources() + conditions.any() + choice.maybe(30, () -> " GROUP BY " + tags());
                }
                + choice.maybe(10, () -> " LIMIT " + choice.between(1, 4)) + ")";
    }

    private String grouped(String fields) {
        String where;
        String group;
        if (choice.chance(45)) {
            where = choice.chance(3) ? conditions.boundedBelow() : conditions.bounded();
            group = " GROUP BY " + window() + choice.maybe(40, () -> ", " + tags()) + choice.maybe(50, this::fill);
        } else {
            where = conditions.any();
            group = choice.maybe(40, () -> " GROUP BY " + tags()) + choice.maybe(10, this::fill);
        }
        return "SELECT " + fields + " FROM " + sources() + where + group + tail();
    }

    private String aggregateField() {
        String call = calls.aggregate();
        return switch (choice.below(8)) {
                    case 0 ->
                        call + choice.of(" + ", " - ", " * ", " / ", " % ") + choice.of("2", "0.5", calls.aggregate());
                    case 1 -> "(" + call + " + 1) * 2";
                    default -> call;
                }
                + alias();
    }

    private String rawField() {
        return switch (choice.below(12)) {
                    case 0 -> "*";
                    case 1 -> choice.of("*::field", "*::tag", "/^[a-m]/", "/./");
                    case 2, 3 ->
                        table.number(choice)
                                + choice.of(" + ", " - ", " * ", " / ", " % ", " & ")
                                + choice.of(table.number(choice), "2", "1.5", "0");
                    case 4 ->
                        table.anyColumn(choice) + "::"
                                + choice.of("float", "integer", "string", "boolean", "field", "tag");
                    case 5 -> "-" + table.number(choice);
                    case 6 -> choice.of("1", "'a'", "true", table.number(choice) + " > 1", "time");
                    default -> table.anyColumn(choice);
                }
                + alias();
    }

    private String alias() {
        return choice.maybe(12, () -> " AS " + choice.of("x", "y", "v", "\"odd name\""));
    }

    private String sources() {
        return choice.chance(90)
                ? source()
                : source() + ", " + choice.of(Dataset.TABLES).measurement(choice);
    }

    private String source() {
        return switch (choice.below(25)) {
            case 0 -> "/^" + table.name().charAt(0) + "/";
            case 1 -> Dataset.OTHER_POLICY + "." + table.measurement(choice);
            case 2 -> Dataset.DATABASE + ".." + table.measurement(choice);
            case 3 -> Dataset.DATABASE + ".autogen." + table.measurement(choice);
            case 4 -> choice.of("missing", "norp.cpu", "nodb..cpu", "_series", "autogen./c/");
            case 5 -> choice.of(Dataset.TABLES).measurement(choice);
            default -> table.measurement(choice);
        };
    }

    private String tags() {
        return choice.chance(20)
                ? choice.of("*", "/./", "/^h/", "nosuch")
                : choice.list(2, ", ", () -> table.tag(choice));
    }

    /** {@code time(…)}: such that the table has between two and some dozens of windows. */
    private String window() {
        long seconds = Math.max(1, table.spanSeconds() / choice.of(2, 5, 12, 30));
        String interval;
        if (seconds >= 86_400) {
            interval = choice.of(seconds / 86_400 + "d", seconds / 3_600 + "h", "1w");
        } else if (seconds >= 60) {
            interval = choice.of(seconds / 60 + "m", seconds + "s");
        } else {
            interval = choice.of(seconds + "s", seconds + "s", seconds * 500 + "ms", seconds * 1_500 + "ms");
        }
        return "time(" + interval + choice.maybe(15, () -> ", " + choice.of("1s", "-1s", "1d", "500ms")) + ")";
    }

    private String fill() {
        return " fill(" + choice.of("null", "none", "0", "previous", "linear", "2.5", "-1") + ")";
    }

    private String tail() {
        return choice.maybe(12, () -> choice.of(" ORDER BY time DESC", " ORDER BY DESC", " ORDER BY time"))
                + choice.maybe(12, () -> " LIMIT " + choice.below(5))
                + choice.maybe(6, () -> " OFFSET " + choice.below(4))
                + choice.maybe(8, () -> " SLIMIT " + choice.below(3))
                + choice.maybe(4, () -> " SOFFSET " + choice.below(3))
                + choice.maybe(
                        5,
                        () -> " tz('" + choice.of("Europe/Berlin", "America/New_York", "UTC", "Asia/Kolkata") + "')");
    }
}
