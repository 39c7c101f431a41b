/**
 * What the rules of fine-grained authorization mean for a caller: views of the store in which forbidden series do not
 * exist, and checks of what is written.
 */
@NullMarked
package dev.sluice.statement.access;

import org.jspecify.annotations.NullMarked;
