package dev.sluice.differential;

import java.util.ArrayList;
import java.util.List;

/** Draws scenarios of writing, copying and deleting in a database of their own. */
final class ChangeScenarios {

    private static final String DATABASE = "changed";

    private static final List<String> FIELDS = List.of("x", "y", "z\\ z");

    /** Values of each type. */
    private static final List<List<String>> VALUES = List.of(
            List.of("1", "2.5", "-3", "1e3", ".5", "1."),
            List.of("4i", "-5i", "0i", "9223372036854775807i"),
            List.of("t", "F", "true", "FALSE"),
            List.of("\"text\"", "\"a \\\"b\\\" \\\\\"", "\"\""));

    private final Choice choice;

    /** What a field mostly has in this scenario: a conflict of types ends what can be compared. */
    private final List<List<String>> typeOfField;

    ChangeScenarios(Choice choice) {
        this.choice = choice;
        this.typeOfField = List.of(choice.of(VALUES), choice.of(VALUES), choice.of(VALUES));
    }

    Item draw() {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.query("", "DROP DATABASE " + DATABASE + "; CREATE DATABASE " + DATABASE));
        for (int i = choice.between(1, 3); i > 0; i--) {
            requests.add(written());
        }
        if (choice.chance(60)) {
            requests.add(Request.query(DATABASE, statement()));
        }
        requests.add(Request.query(DATABASE, "SELECT * FROM /.*/"));
        requests.add(Request.query(DATABASE, "SHOW SERIES; SHOW FIELD KEYS"));
        return new Item(Kind.CHANGE, requests);
    }

    /** A statement alone, for damaging. */
    String statement() {
        return switch (choice.below(8)) {
            case 0, 1, 2 -> "DELETE" + target(true);
            case 3, 4 -> "DROP SERIES" + target(choice.chance(10));
            case 5 -> "DROP MEASUREMENT " + choice.of("a", "b", "\"c d\"", "nosuch");
            default -> copy();
        };
    }

    /** Without GROUP BY * it is only of calls: which of several rows with one time is kept, nobody says. */
    private String copy() {
        boolean rows = choice.chance(40);
        return "SELECT "
                + (rows ? choice.of("*", "x", "x, y") : choice.of("mean(x)", "count(*)", "max(x)", "first(y) AS h"))
                + " INTO "
                + choice.of(
                        "o",
                        "autogen.o",
                        DATABASE + "..o",
                        DATABASE + ".autogen.:MEASUREMENT",
                        "norp.o",
                        "nodb..o",
                        "b")
                + " FROM " + choice.of("a", "/./", "b", "nosuch")
                + (rows
                        ? " GROUP BY *"
                        : choice.of("", " GROUP BY *", " GROUP BY h", times() + " GROUP BY time(10s), h"));
    }

    private static String times() {
        return " WHERE time >= 0s AND time < 70s";
    }

    private String target(boolean times) {
        String from = choice.maybe(70, () -> " FROM " + choice.of("a", "b", "/./", "a, b", "\"c d\"", "nosuch"));
        String where = choice.maybe(
                from.isEmpty() ? 95 : 60,
                () -> " WHERE "
                        + choice.of(
                                "h = '1'",
                                "h != '1'",
                                "h =~ /2/",
                                "h = ''",
                                "h = '1' OR h = '2'",
                                "k = 'v' AND h = '1'",
                                "x > 1",
                                "true")
                        + (times
                                ? choice.of(" AND time < 20s", " AND time >= 30s", " AND time = 10s", " OR time > 5s")
                                : ""));
        return from + where;
    }

    private Request written() {
        StringBuilder lines = new StringBuilder();
        for (int i = choice.between(1, 6); i > 0; i--) {
            lines.append(choice.chance(12) ? odd() : line()).append(choice.chance(95) ? "\n" : "\r\n");
        }
        Request request = Request.write(DATABASE, lines.toString());
        if (choice.chance(15)) {
            request = request.with("precision", choice.of("n", "u", "ms", "s", "m", "h", "ns", "x", ""));
        }
        if (choice.chance(5)) {
            request = request.with("rp", choice.of("autogen", "norp", ""));
        }
        if (choice.chance(3)) {
            request = request.with("db", choice.of("nodb", ""));
        }
        return choice.chance(3) ? request.with("consistency", choice.of("one", "all", "wrong")) : request;
    }

    private String line() {
        return choice.of("a", "a", "b", "c\\ d")
                + choice.maybe(70, () -> ",h=" + choice.of("1", "2", "3\\,4", "é"))
                + choice.maybe(30, () -> ",k=" + choice.of("v", "w"))
                + " " + choice.list(3, ",", this::field)
                + " " + choice.between(0, 6) + "0000000000";
    }

    private String field() {
        int field = choice.chance(50) ? 0 : choice.between(1, 2);
        List<String> values = choice.chance(95) ? typeOfField.get(field) : choice.of(VALUES);
        return FIELDS.get(field) + "=" + choice.of(values);
    }

    private String odd() {
        return choice.of(
                "",
                "# comment",
                "a",
                "a ",
                "a x",
                "a x=",
                "a x= 10",
                ",h=1 x=1 10",
                "a,h x=1 10",
                "a,h= x=1 10",
                "a,=1 x=1 10",
                "a,h=1,h=2 x=1 10",
                "a,h=1 =1 10",
                "a x=1i2 10",
                "a x=1ii 10",
                "a x=1.5i 10",
                "a x=9223372036854775808i 10",
                "a x=--1 10",
                "a x=1.2.3 10",
                "a x=1e 10",
                "a x=1e400 10",
                "a x=nan 10",
                "a x=+1 10",
                "a x=0x1 10",
                "a x=yes 10",
                "a x=\"open 10",
                "a x=\"two\nlines\" 10",
                "a x=1 abc",
                "a x=1 1.5",
                "a x=1 9223372036854775807",
                "a x=1 -9223372036854775808",
                "a x=1 99999999999999999999",
                "a x=1 10 20",
                "a x=1,x=2 10",
                "a x=1,,y=2 10",
                "a x=1, 10",
                "a,time=1 x=1 10",
                "a time=1 10",
                "a time=1,x=2 10",
                "  a x=1 10",
                "a  x=1  10",
                "a\tx=1 10",
                "a,h=\\ x=1 10",
                "a\\,b,h\\ h=1\\=2 x\\,x=1 10",
                "\"a\",\"h\"=\"1\" \"x\"=1 10",
                "a x=1u 10",
                "a x=tRue 10",
                "a,h=1 x=1 10 ");
    }
}
