package dev.sluice.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What a generator asks where it could go several ways. The same seed gives the same answers. */
final class Choice {

    private final Random random;

    Choice(long seed) {
        // The seeds of neighbours differ in few bits, which Random does not hide in its first answers.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ (seed >>> 17));
        random.nextInt();
    }

    /** A number from 0 to {@code bound}, without it. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number between two others, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T of(T... options) {
        return options[random.nextInt(options.length)];
    }

    <T> T of(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    /** A text with the given probability, otherwise the empty one. */
    String maybe(int percent, Supplier<String> text) {
        return chance(percent) ? text.get() : "";
    }

    /** Between one and {@code most} texts, joined. */
    String list(int most, String separator, Supplier<String> text) {
        List<String> texts = new ArrayList<>();
        int count = chance(60) ? 1 : between(1, most);
        for (int i = 0; i < count; i++) {
            texts.add(text.get());
        }
        return String.join(separator, texts);
    }

    <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }
}
