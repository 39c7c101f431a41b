/**
 * Where the rows of a SELECT come from: measurements in the store, and the results of inner statements. Both look the same
 * to what reads them.
 */
@NullMarked
package dev.sluice.query.source;

import org.jspecify.annotations.NullMarked;
