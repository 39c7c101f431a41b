/**
 * What exists besides points and users: databases, retention policies, shard groups, continuous queries, subscriptions.
 * Reads come from an immutable picture in memory; changes are durable before they are visible. The persistence
 * sub-package alone knows how they are kept.
 */
@NullMarked
package dev.sluice.catalog;

import org.jspecify.annotations.NullMarked;
