/**
 * Fine-grained authorization as values: restrictions take reading or writing of some series away from everybody but admins,
 * grants give it back to some users and roles. What a rule means for a store's series is decided where series are known.
 */
@NullMarked
package dev.sluice.account.rule;

import org.jspecify.annotations.NullMarked;
