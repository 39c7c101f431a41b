/**
 * Line protocol: bytes to points. Knows the text format with its escapes, value types and error texts, and nothing of
 * databases, storage or HTTP.
 */
@NullMarked
package dev.sluice.lineprotocol;

import org.jspecify.annotations.NullMarked;
