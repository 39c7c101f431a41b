/**
 * Continuous queries: when each is due, over which span of time it runs, and the thread that runs it. Their definitions
 * are the catalogue's; their results are written as those of any SELECT … INTO.
 */
@NullMarked
package dev.sluice.continuous;

import org.jspecify.annotations.NullMarked;
