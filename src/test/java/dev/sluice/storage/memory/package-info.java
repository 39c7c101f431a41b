/**
 * A store in plain maps, for tests of what stands above the storage contract. Simple enough to be obviously right, and so
 * the yardstick of the contract suite as well; nothing of it is shipped.
 */
@NullMarked
package dev.sluice.storage.memory;

import org.jspecify.annotations.NullMarked;
