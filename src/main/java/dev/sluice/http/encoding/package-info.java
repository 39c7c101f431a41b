/**
 * Results of statements as bytes: JSON, CSV and MessagePack, whole or in chunks, with the number, time and string formats
 * of Go's standard library, because clients compare texts. Encoders take column batches and write as they come; none
 * builds a tree of the answer. Knows nothing of servlets: bytes go to an {@link java.io.OutputStream}.
 */
@NullMarked
package dev.sluice.http.encoding;

import org.jspecify.annotations.NullMarked;
