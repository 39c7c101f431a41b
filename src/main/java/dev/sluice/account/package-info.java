/**
 * Users, their passwords and what they may do. Reads come from an immutable picture in memory; changes are durable
 * before they are visible. Passwords are hashed behind a port; the {@code jpa} sub-package alone knows the tables.
 */
@NullMarked
package dev.sluice.account;

import org.jspecify.annotations.NullMarked;
