package dev.sluice.http.prometheus;

import java.util.List;

/**
 * A {@code Query} of Prometheus' remote read.
 *
 * @param startMillis first millisecond since the epoch
 * @param endMillis last one, inclusive
 * @param matchers all of which a series has to fulfil
 */
public record ReadQuery(long startMillis, long endMillis, List<LabelMatcher> matchers) {

    public ReadQuery {
        matchers = List.copyOf(matchers);
    }
}
