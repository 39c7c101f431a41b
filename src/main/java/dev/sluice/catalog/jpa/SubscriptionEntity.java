package dev.sluice.catalog.jpa;

import dev.sluice.catalog.Subscription;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code subscriptions} with its destinations. */
@Entity
@Table(name = "subscriptions")
class SubscriptionEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "retention_policy_id")
    private long retentionPolicyId;

    private String name = "";

    private String mode = "";

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "subscription_destinations", joinColumns = @JoinColumn(name = "subscription_id"))
    @OrderColumn(name = "position")
    @Column(name = "url")
    private List<String> destinations = new ArrayList<>();

    /** For JPA. */
    protected SubscriptionEntity() {}

    SubscriptionEntity(long retentionPolicyId, Subscription subscription) {
        this.retentionPolicyId = retentionPolicyId;
        this.name = subscription.name();
        this.mode = subscription.mode();
        this.destinations = new ArrayList<>(subscription.destinations());
    }

    long retentionPolicyId() {
        return retentionPolicyId;
    }

    Subscription toSubscription() {
        return new Subscription(name, mode, destinations);
    }
}
