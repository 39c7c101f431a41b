/**
 * Who a request comes from. Turns a request into credentials as InfluxDB 1.x does, checks them, refuses with InfluxDB's
 * answers and hands the result to controllers as an {@link dev.sluice.account.Caller}. What a caller may do is decided
 * elsewhere, per statement: this package knows no query language, no database and no controller. It is the one place
 * that knows Spring Security.
 */
@NullMarked
package dev.sluice.security;

import org.jspecify.annotations.NullMarked;
