package dev.sluice.storage.index;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one tag and the series that have each: an open-addressing hash table from the number of a tag in {@link
 * PartTable} to its series. Not thread-safe.
 */
final class TagValues {

    private static final int EMPTY = -1;

    private int[] slots = new int[4];
    private @Nullable SeriesList[] lists = new SeriesList[4];

    /** Slots in use, of values without series too. */
    private int used;

    private int size;

    /** What to do with a value and its series. */
    interface Visitor {
        void visit(int part, SeriesList series);
    }

    TagValues() {
        Arrays.fill(slots, EMPTY);
    }

    /** How many values have series. */
    int size() {
        return size;
    }

    /** Heap it takes, about. */
    long sizeInBytes() {
        long bytes = (slots.length + (long) lists.length) * Integer.BYTES;
        for (SeriesList list : lists) {
            bytes += list == null ? 0 : list.sizeInBytes();
        }
        return bytes;
    }

    /** The series that have a value; null when there are none. */
    @Nullable
    SeriesList find(int part) {
        SeriesList list = lists[slot(slots, part)];
        return list == null || list.isEmpty() ? null : list;
    }

    void add(int part, int series) {
        int slot = slot(slots, part);
        SeriesList list = lists[slot];
        if (list == null) {
            if ((used + 1) * 3 > slots.length * 2) {
                rehash();
                slot = slot(slots, part);
            }
            list = new SeriesList();
            slots[slot] = part;
            lists[slot] = list;
            used++;
        }
        size += list.isEmpty() ? 1 : 0;
        list.add(series);
    }

    void remove(int part, int series) {
        SeriesList list = find(part);
        if (list != null) {
            list.remove(series);
            size -= list.isEmpty() ? 1 : 0;
        }
    }

    void forEach(Visitor visitor) {
        for (int slot = 0; slot < slots.length; slot++) {
            SeriesList list = lists[slot];
            if (list != null && !list.isEmpty()) {
                visitor.visit(slots[slot], list);
            }
        }
    }

    private void rehash() {
        int capacity = size * 2 > slots.length / 2 ? slots.length * 2 : slots.length;
        int[] newSlots = new int[capacity];
        @Nullable SeriesList[] newLists = new SeriesList[capacity];
        Arrays.fill(newSlots, EMPTY);
        used = 0;
        forEach((part, series) -> {
            int slot = slot(newSlots, part);
            newSlots[slot] = part;
            newLists[slot] = Objects.requireNonNull(series);
            used++;
        });
        slots = newSlots;
        lists = newLists;
    }

    private static int slot(int[] slots, int part) {
        int mask = slots.length - 1;
        int slot = Hashing.hash(part) & mask;
        while (slots[slot] != EMPTY && slots[slot] != part) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
