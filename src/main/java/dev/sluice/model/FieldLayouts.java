package dev.sluice.model;

import java.util.Arrays;

/**
 * The lists of fields (names and types, in order) that a batch's points have. Most points of a batch have the same list,
 * or take turns with a few, so a list is kept once and the next point is expected to have the one that followed last
 * time: then a field costs a comparison. Not thread-safe; part of a {@link PointBatch}, whose arena holds the names.
 */
final class FieldLayouts {

    /** Among how many of the latest an equal one is looked for; one more is no harm. */
    private static final int LOOK_BACK = 16;

    private int layoutCount;
    private int[] columnEnds = new int[8];
    private int[] followers = new int[8];

    private int columnCount;
    private int[] nameOffsets = new int[32];
    private int[] nameLengths = new int[32];
    private byte[] types = new byte[32];

    private int last = -1;
    private int expected = -1;

    /** While the open point is as expected: its next column, and where the expected ones end. Otherwise -1. */
    private int next = -1;

    private int expectedEnd;

    int count() {
        return layoutCount;
    }

    int columnStart(int layout) {
        return layout == 0 ? 0 : columnEnds[layout - 1];
    }

    int columnEnd(int layout) {
        return columnEnds[layout];
    }

    int nameOffset(int column) {
        return nameOffsets[column];
    }

    int nameLength(int column) {
        return nameLengths[column];
    }

    byte type(int column) {
        return types[column];
    }

    void hide(int column) {
        types[column] = PointBatch.HIDDEN;
    }

    /** The column that the open point's next field is expected to have, or -1. */
    int expectedColumn() {
        return next < expectedEnd ? next : -1;
    }

    /** Adds a field to the open point. */
    void add(byte[] arena, int nameOffset, int nameLength, byte type) {
        if (next >= 0) {
            if (next < expectedEnd && types[next] == type && hasName(arena, next, nameOffset, nameLength)) {
                next++;
                return;
            }
            copyMatched();
        }
        append(nameOffset, nameLength, type);
    }

    private boolean hasName(byte[] arena, int column, int offset, int length) {
        int known = nameOffsets[column];
        return nameLengths[column] == length
                && (known == offset || Arrays.equals(arena, known, known + length, arena, offset, offset + length));
    }

    /** The open point is not as expected: what it has so far becomes the start of a list of its own. */
    private void copyMatched() {
        int from = columnStart(expected);
        int to = next;
        next = -1;
        for (int column = from; column < to; column++) {
            append(nameOffsets[column], nameLengths[column], types[column]);
        }
    }

    private void append(int nameOffset, int nameLength, byte type) {
        if (columnCount == types.length) {
            nameOffsets = Arrays.copyOf(nameOffsets, columnCount * 2);
            nameLengths = Arrays.copyOf(nameLengths, columnCount * 2);
            types = Arrays.copyOf(types, columnCount * 2);
        }
        nameOffsets[columnCount] = nameOffset;
        nameLengths[columnCount] = nameLength;
        types[columnCount++] = type;
    }

    /** Completes the open point and returns its layout. */
    int close(byte[] arena) {
        int layout = next >= 0 && next == expectedEnd ? expected : closeUnexpected(arena);
        if (last >= 0) {
            followers[last] = layout;
        }
        last = layout;
        expect(followers[layout]);
        return layout;
    }

    private int closeUnexpected(byte[] arena) {
        if (next >= 0) {
            copyMatched();
        }
        int start = layoutCount == 0 ? 0 : columnEnds[layoutCount - 1];
        for (int layout = layoutCount - 1; layout >= Math.max(0, layoutCount - LOOK_BACK); layout--) {
            if (isEqual(arena, layout, start)) {
                columnCount = start;
                return layout;
            }
        }
        if (layoutCount == columnEnds.length) {
            columnEnds = Arrays.copyOf(columnEnds, layoutCount * 2);
            followers = Arrays.copyOf(followers, layoutCount * 2);
        }
        columnEnds[layoutCount] = columnCount;
        followers[layoutCount] = layoutCount;
        return layoutCount++;
    }

    private boolean isEqual(byte[] arena, int layout, int openStart) {
        int from = columnStart(layout);
        int size = columnEnds[layout] - from;
        if (size != columnCount - openStart) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            int open = openStart + i;
            if (types[from + i] != types[open] || !hasName(arena, from + i, nameOffsets[open], nameLengths[open])) {
                return false;
            }
        }
        return true;
    }

    /** Forgets the open point. */
    void discard() {
        columnCount = layoutCount == 0 ? 0 : columnEnds[layoutCount - 1];
        if (expected >= 0) {
            expect(expected);
        }
    }

    private void expect(int layout) {
        expected = layout;
        next = columnStart(layout);
        expectedEnd = columnEnds[layout];
    }

    /** Forgets everything and keeps the memory. */
    void clear() {
        layoutCount = 0;
        columnCount = 0;
        last = -1;
        expected = -1;
        next = -1;
        expectedEnd = 0;
    }
}
