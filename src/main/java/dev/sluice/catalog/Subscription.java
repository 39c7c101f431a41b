package dev.sluice.catalog;

import java.util.List;

/**
 * A subscription of one retention policy.
 *
 * @param name unique within its policy
 * @param mode {@code ALL} or {@code ANY}
 * @param destinations URLs
 */
public record Subscription(String name, String mode, List<String> destinations) {

    public Subscription {
        destinations = List.copyOf(destinations);
    }
}
