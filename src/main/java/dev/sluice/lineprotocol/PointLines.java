package dev.sluice.lineprotocol;

/**
 * Points as text.
 *
 * @param bytes a line per point, each ended by a line feed; not to be changed
 * @param ends for each line, where it ends in {@code bytes}, behind its line feed; a line feed inside a string does not
 *     end one
 */
public record PointLines(byte[] bytes, int[] ends) {

    public int count() {
        return ends.length;
    }
}
