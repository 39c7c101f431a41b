package dev.sluice.differential;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

    /** The share of items without a difference that nobody wanted, in percent. */
    double percentExplained() {
        return total() == 0 ? 100 : 100.0 - 100.0 * count(Verdict.Outcome.DIFFERENT) / total();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-16s%8s%10s%11s%n", "kind", "equal", "intended", "different"));
        byKind.forEach((kind, counts) -> text.append(line(
                kind.toString(),
                counts.getOrDefault(Verdict.Outcome.EQUAL, 0),
                counts.getOrDefault(Verdict.Outcome.INTENDED, 0),
                counts.getOrDefault(Verdict.Outcome.DIFFERENT, 0))));
        text.append(line(
                "all",
                count(Verdict.Outcome.EQUAL),
                count(Verdict.Outcome.INTENDED),
                count(Verdict.Outcome.DIFFERENT)));
        reasons.forEach((reason, count) -> text.append("intended: ")
                .append(reason)
                .append(": ")
                .append(count)
                .append(System.lineSeparator()));
        return text.append(String.format(Locale.ROOT, "%.2f %% equal or intended%n", percentExplained()))
                .toString();
    }

    private static String line(String name, int equal, int intended, int different) {
        return String.format(Locale.ROOT, "%-16s%8d%10d%11d%n", name, equal, intended, different);
    }
}
