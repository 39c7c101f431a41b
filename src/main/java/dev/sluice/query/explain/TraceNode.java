package dev.sluice.query.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A step of what was done, with labels, measured values and the steps within it; prints itself as a tree. */
final class TraceNode {

    private static final String NO_BREAK_SPACES = "\u00a0\u00a0";

    private final String name;
    private final Map<String, String> labels = new TreeMap<>();
    private final List<String> values = new ArrayList<>();
    private final List<TraceNode> children = new ArrayList<>();

    TraceNode(String name) {
        this.name = name;
    }

    /** Labels are printed by name. */
    TraceNode label(String label, String value) {
        labels.put(label, value);
        return this;
    }

    TraceNode value(String valueName, Object value) {
        values.add(valueName + ": " + value);
        return this;
    }

    TraceNode child(String childName) {
        TraceNode child = new TraceNode(childName);
        children.add(child);
        return child;
    }

    /** The lines of a tree with this as its only root, an empty one at the end as InfluxDB has it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(".");
        print(lines, "", true);
        lines.add("");
        return lines;
    }

    private void print(List<String> lines, String indent, boolean last) {
        lines.add(indent + (last ? "└── " : "├── ") + name);
        String below = indent + (last ? "    " : "│" + NO_BREAK_SPACES + " ");
        int rest = (labels.isEmpty() ? 0 : 1) + values.size() + children.size();
        if (!labels.isEmpty()) {
            TraceNode labelled = new TraceNode("labels");
            labels.forEach(labelled::value);
            labelled.print(lines, below, --rest == 0);
        }
        for (String value : values) {
            lines.add(below + (--rest == 0 ? "└── " : "├── ") + value);
        }
        for (TraceNode child : children) {
            child.print(lines, below, --rest == 0);
        }
    }
}
