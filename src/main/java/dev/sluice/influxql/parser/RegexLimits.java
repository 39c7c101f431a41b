package dev.sluice.influxql.parser;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Refuses regular expressions that cost too much before they match anything. Matching takes linear time whatever the
 * expression is, but compiling writes counted repetitions out ({@code (a{100}){100}} is ten thousand characters) and
 * follows parentheses recursively. Limits and texts are those of Go's regexp: repetitions within each other may come to
 * 1000, parentheses may nest 1000 deep. What is malformed passes: the compiler says better what is wrong.
 */
final class RegexLimits {

    private static final int MAX_REPEAT = 1000;
    private static final int MAX_DEPTH = 999;

    /** Most characters and operators, repetitions written out; Go allows more, but not in a query's time. */
    private static final long MAX_SIZE = 1 << 18;

    private final String pattern;
    private int position;

    private RegexLimits(String pattern) {
        this.pattern = pattern;
    }

    /** What the innermost open group holds so far. */
    private static final class Group {
        /** Of everything but the last atom. */
        private long size;

        private long atomSize;
        private long repeat = 1;
        private long atomRepeat = 1;

        void add(long newSize, long newRepeat) {
            size += atomSize;
            repeat = Math.max(repeat, atomRepeat);
            atomSize = newSize;
            atomRepeat = newRepeat;
        }
    }

    /** Why the expression is refused, or null. */
    static @Nullable String violation(String pattern) {
        return new RegexLimits(pattern).find();
    }

    private @Nullable String find() {
        Deque<Group> open = new ArrayDeque<>();
        Group group = new Group();
        while (position < pattern.length()) {
            switch (pattern.charAt(position)) {
                case '\\' -> skipEscape(group);
                case '[' -> {
                    skipClass();
                    group.add(1, 1);
                }
                case '(' -> {
                    open.push(group);
                    if (open.size() > MAX_DEPTH) {
                        return "expression nests too deeply: `" + pattern + "`";
                    }
                    group = new Group();
                    position++;
                }
                case ')' -> {
                    group.add(2, 1);
                    long size = group.size + group.atomSize;
                    long repeat = group.repeat;
                    group = open.isEmpty() ? new Group() : open.pop();
                    group.add(size, repeat);
                    position++;
                }
                case '{' -> {
                    String wrong = repeat(group);
                    if (wrong != null) {
                        return wrong;
                    }
                }
                default -> {
                    group.add(1, 1);
                    position++;
                }
            }
            if (group.size + group.atomSize > MAX_SIZE) {
                return "expression too large: `" + pattern + "`";
            }
        }
        return null;
    }

    private void skipEscape(Group group) {
        if (pattern.startsWith("\\Q", position)) {
            int end = pattern.indexOf("\\E", position);
            int next = end < 0 ? pattern.length() : end + 2;
            group.add(next - position, 1);
            position = next;
        } else {
            group.add(1, 1);
            position += 2;
        }
    }

    /** A bracket right behind the opening one, or behind its caret, stands for itself. */
    private void skipClass() {
        position++;
        if (position < pattern.length() && pattern.charAt(position) == '^') {
            position++;
        }
        for (int first = position; position < pattern.length(); position++) {
            char c = pattern.charAt(position);
            if (c == '\\') {
                position++;
            } else if (c == ']' && position > first) {
                position++;
                return;
            }
        }
    }

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; any other brace stands for itself. */
    private @Nullable String repeat(Group group) {
        int end = pattern.indexOf('}', position);
        String text = end < 0 ? "" : pattern.substring(position + 1, end);
        if (text.length() > 9 || !text.matches("\\d+(,\\d*)?")) {
            group.add(1, 1);
            position++;
            return null;
        }
        int comma = text.indexOf(',');
        String most =
                comma < 0 ? text : comma == text.length() - 1 ? text.substring(0, comma) : text.substring(comma + 1);
        long times = Math.max(1, Long.parseLong(most));
        group.atomRepeat *= times;
        if (group.atomRepeat > MAX_REPEAT) {
            return "invalid repeat count: `" + pattern.substring(position, end + 1) + "`";
        }
        group.atomSize *= times;
        position = end + 1;
        return null;
    }
}
