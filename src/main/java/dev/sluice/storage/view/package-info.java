/**
 * A store of which some series are hidden. What a reader sees through it does not depend on whether the hidden series
 * exist. Knows nothing of users: somebody else says which series those are.
 */
@NullMarked
package dev.sluice.storage.view;

import org.jspecify.annotations.NullMarked;
