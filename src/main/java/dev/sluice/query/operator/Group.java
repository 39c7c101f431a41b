package dev.sluice.query.operator;

import dev.sluice.query.source.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Series that make up one series of the result.
 *
 * @param name of the measurement
 * @param tags the dimensions and their values
 * @param members in the order of their tags
 */
public record Group(String name, Map<String, String> tags, List<Member> members) {

    /**
     * A series of a source.
     *
     * @param whole whether all its rows count, or only those that fulfil the condition
     */
    public record Member(RowSource source, int series, boolean whole) {}

    Group(String name, Map<String, String> tags) {
        this(name, tags, new ArrayList<>());
    }

    /** The same with the members from {@code from} to {@code to}, exclusive. */
    Group withMembers(int from, int to) {
        return new Group(name, tags, members.subList(from, to));
    }
}
