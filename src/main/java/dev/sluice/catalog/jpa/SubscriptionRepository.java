package dev.sluice.catalog.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code subscriptions}. */
interface SubscriptionRepository extends JpaRepository<SubscriptionEntity, Long> {

    List<SubscriptionEntity> findAllByOrderById();

    void deleteByRetentionPolicyIdAndName(long retentionPolicyId, String name);
}
