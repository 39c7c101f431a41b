/**
 * How rows become bytes: encodings of columns and the block that holds some rows of one series. Knows no store; each
 * class that writes a format documents its byte grammar.
 */
@NullMarked
package dev.sluice.storage.codec;

import org.jspecify.annotations.NullMarked;
