package dev.sluice.differential;

import java.util.List;
import java.util.stream.Stream;

/** Judges the two answers to a request. */
final class Comparison {

    /** All differences that are on purpose; the first that explains the answers names them. */
    static final List<IntendedDifference> INTENDED = Stream.of(
                    StatementDifferences.ALL, ShowDifferences.ALL, WriteDifferences.ALL, SelectDifferences.ALL)
            .flatMap(List::stream)
            .toList();

    private Comparison() {}

    static Verdict judge(Exchange exchange) {
        if (exchange.reference().equals(exchange.ours())) {
            return Verdict.EQUAL;
        }
        return INTENDED.stream()
                .filter(difference -> difference.rule().explains(exchange))
                .findFirst()
                .map(Verdict::intended)
                .orElse(Verdict.DIFFERENT);
    }
}
