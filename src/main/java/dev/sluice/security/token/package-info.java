/**
 * Bearer tokens: JSON Web Tokens (RFC 7519) signed with a shared secret. Says whether one is good, and if not, why, in the
 * words of InfluxDB 1.x. Those are the words of Go's libraries for base64, JSON and JWT, whose checks and their order are
 * therefore rebuilt here; that a signature is right is decided by Nimbus behind Spring's decoder alone.
 */
@NullMarked
package dev.sluice.security.token;

import org.jspecify.annotations.NullMarked;
