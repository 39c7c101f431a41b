package dev.sluice.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages statements: cuts them off, drops, doubles, swaps and inserts tokens. */
final class BrokenStatements {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|[A-Za-z_][A-Za-z0-9_]*|[0-9.]+[a-z]*|\"(?:\\\\.|[^\"])*\"|'(?:\\\\.|[^'])*'|.", Pattern.DOTALL);

    /** Neither INTO nor a word that changes anything: a damaged question must stay one. */
    private static final List<String> WORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "AND",
            "OR",
            "GROUP",
            "BY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "SLIMIT",
            "fill",
            "tz",
            "time",
            "AS",
            "ON",
            "WITH",
            "KEY",
            "IN",
            "SHOW",
            "TAG",
            "KEYS",
            "VALUES",
            "SERIES",
            "ALL",
            "ANY",
            "DEFAULT",
            "DESC",
            "true",
            "now()",
            "INF",
            "EXACT",
            "CARDINALITY",
            "MEASUREMENT",
            "POLICY",
            "TO",
            "FOR",
            "END",
            "BEGIN",
            "$p",
            "é",
            "cpu",
            "v",
            "x1");

    private static final List<String> SIGNS = List.of(
            ",",
            ".",
            "(",
            ")",
            ";",
            ":",
            "::",
            "=",
            "==",
            "!=",
            "=~",
            "!~",
            "<",
            ">=",
            "<>",
            "+",
            "-",
            "*",
            "/",
            "%",
            "&",
            "|",
            "^",
            "!",
            "?",
            "#",
            "@",
            "'",
            "\"",
            "\\",
            "''",
            "\"\"",
            "'x'",
            "\"y\"",
            "/re/",
            "/[/",
            "1",
            "1.5",
            "1s",
            "1h30m",
            "5q",
            "1e5",
            "99999999999999999999",
            "9223372036854775808",
            "99999999w",
            "--",
            "/*",
            "*/",
            "/* c */",
            "-- c\n",
            "\n",
            "\t",
            "'\\q'",
            "\"\\q\"",
            "$",
            "`",
            "{",
            "]");

    private final Choice choice;

    BrokenStatements(Choice choice) {
        this.choice = choice;
    }

    String damage(String statement) {
        String damaged = statement;
        for (int i = choice.chance(75) ? 1 : 2; i > 0; i--) {
            damaged = damageOnce(damaged);
        }
        return damaged;
    }

    private String damageOnce(String statement) {
        if (choice.chance(15)) {
            return statement.substring(0, choice.below(statement.length() + 1));
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(statement);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        if (tokens.isEmpty()) {
            return insertion();
        }
        int at = choice.below(tokens.size());
        switch (choice.below(7)) {
            case 0 -> tokens.subList(at, tokens.size()).clear();
            case 1 -> tokens.remove(at);
            case 2 -> tokens.add(at, tokens.get(at));
            case 3 -> tokens.set(at, tokens.set(choice.below(tokens.size()), tokens.get(at)));
            case 4 -> tokens.set(at, insertion());
            default -> tokens.add(at, choice.chance(50) ? " " + insertion() + " " : insertion());
        }
        return String.join("", tokens);
    }

    private String insertion() {
        return choice.chance(50) ? choice.of(WORDS) : choice.of(SIGNS);
    }
}
