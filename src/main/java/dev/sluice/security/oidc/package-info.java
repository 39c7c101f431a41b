/**
 * Bearer tokens of an identity provider (OpenID Connect): checked against its keys, and turned into users. Beside the
 * tokens of the shared secret, and never in their place: which of the two a token is, its algorithm says, and neither side
 * takes an algorithm of the other.
 */
@NullMarked
package dev.sluice.security.oidc;

import org.jspecify.annotations.NullMarked;
