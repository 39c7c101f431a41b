package dev.sluice.account.rule;

import dev.sluice.account.rule.AccessRule.Kind;
import java.util.List;

/**
 * The rules of fine-grained authorization. Reading never blocks; a change is durable and acts on the very next call when
 * its call returns.
 */
public interface AccessRules {

    /** The rules of one kind in order of creation. The same list until something changes. */
    List<AccessRule> rules(Kind kind);

    /**
     * Adds a rule and returns it with its id.
     *
     * @throws dev.sluice.account.AccountException when it names a user or role that does not exist
     */
    AccessRule addRule(AccessRule rule);

    /**
     * Removes a rule.
     *
     * @throws dev.sluice.account.AccountException when there is none of that kind and id
     */
    void removeRule(Kind kind, String id);
}
