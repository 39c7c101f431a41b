/**
 * InfluxDB Enterprise's meta API: users, roles, and the rules of fine-grained authorization, as JSON on a listener of its
 * own. Knows how they look in JSON and what is answered; what they mean is decided elsewhere.
 */
@NullMarked
package dev.sluice.http.meta;

import org.jspecify.annotations.NullMarked;
