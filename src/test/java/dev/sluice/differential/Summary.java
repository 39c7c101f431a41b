package dev.sluice.differential;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Counts verdicts by kind, and differences on purpose by reason. */
final class Summary {

    private final Map<Kind, Map<Verdict.Outcome, Integer>> byKind = new EnumMap<>(Kind.class);
    private final Map<String, Integer> reasons = new TreeMap<>();

    void count(Kind kind, Verdict verdict) {
        byKind.computeIfAbsent(kind, fresh -> new EnumMap<>(Verdict.Outcome.class))
                .merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() == Verdict.Outcome.INTENDED) {
            reasons.merge(verdict.reason(), 1, Integer::sum);
        }
    }

    int total() {
        return byKind.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    int count(Verdict.Outcome outcome) {
        return byKind.values().stream()
                .mapToInt(counts -> counts.getOrDefault(outcome, 0))
                .sum();
    }

    /** The share of items with the same answers, or answers different on purpose, in percent. What was not answered is neither. */
    double percentExplained() {
        int explained = count(Verdict.Outcome.EQUAL) + count(Verdict.Outcome.INTENDED);
        return total() == 0 ? 100 : 100.0 * explained / total();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-16s%8s%10s%11s%12s%n", "kind", "equal", "intended", "different", "unanswered"));
        byKind.forEach(
                (kind, counts) -> text.append(line(kind.toString(), outcome -> counts.getOrDefault(outcome, 0))));
        text.append(line("all", this::count));
        reasons.forEach((reason, count) -> text.append("intended: ")
                .append(reason)
                .append(": ")
                .append(count)
                .append(System.lineSeparator()));
        return text.append(String.format(Locale.ROOT, "%.2f %% equal or intended%n", percentExplained()))
                .toString();
    }

    private static String line(String name, ToIntFunction<Verdict.Outcome> count) {
        return String.format(
                Locale.ROOT,
                "%-16s%8d%10d%11d%12d%n",
                name,
                count.applyAsInt(Verdict.Outcome.EQUAL),
                count.applyAsInt(Verdict.Outcome.INTENDED),
                count.applyAsInt(Verdict.Outcome.DIFFERENT),
                count.applyAsInt(Verdict.Outcome.UNANSWERED));
    }
}
