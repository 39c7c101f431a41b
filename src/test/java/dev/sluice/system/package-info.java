/** The built jar as a process of its own: real clients against it, and what is left when it is killed. */
@NullMarked
package dev.sluice.system;

import org.jspecify.annotations.NullMarked;
