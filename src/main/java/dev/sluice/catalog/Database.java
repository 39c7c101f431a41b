package dev.sluice.catalog;

import dev.sluice.model.DatabaseId;
import java.util.List;
import java.util.Optional;

/**
 * A database as it was at one moment. Immutable.
 *
 * @param id its identity for the store
 * @param name its name for users
 * @param defaultRetentionPolicy name of the policy used where none is given; empty when none was ever set; may name a
 *     policy that was dropped
 * @param retentionPolicies in order of creation
 * @param continuousQueries in order of creation
 */
public record Database(
        DatabaseId id,
        String name,
        String defaultRetentionPolicy,
        List<RetentionPolicy> retentionPolicies,
        List<ContinuousQuery> continuousQueries) {

    public Database {
        retentionPolicies = List.copyOf(retentionPolicies);
        continuousQueries = List.copyOf(continuousQueries);
    }

    public Optional<RetentionPolicy> findRetentionPolicy(String policy) {
        return retentionPolicies.stream()
                .filter(each -> each.name().equals(policy))
                .findFirst();
    }

    /**
     * The policy of that name, or the default one when the name is empty.
     *
     * @throws CatalogException {@code retention policy not found: …}
     */
    public RetentionPolicy loadRetentionPolicy(String policyOrEmpty) {
        String policy = policyOrEmpty.isEmpty() ? defaultRetentionPolicy : policyOrEmpty;
        return findRetentionPolicy(policy).orElseThrow(() -> CatalogException.retentionPolicyNotFound(policy));
    }
}
