package dev.sluice.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as {@link ByteSize} reads it, or a part of the largest heap the process may have ({@code 40%}).
 *
 * @param bytes not negative
 */
public record HeapSize(long bytes) {

    private static final Pattern PART = Pattern.compile("(\\d{1,3})%");

    /**
     * Reads a size; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static HeapSize valueOf(String text) {
        Matcher part = PART.matcher(text.strip());
        if (!part.matches()) {
            return new HeapSize(ByteSize.valueOf(text).bytes());
        }
        int percent = Integer.parseInt(part.group(1));
        if (percent > 100) {
            throw new IllegalArgumentException("at most 100%");
        }
        return new HeapSize(Runtime.getRuntime().maxMemory() / 100 * percent);
    }
}
