/**
 * Commands of the jar that speak to a running service over HTTP: {@code backup}, {@code export} and {@code import}. They know nothing
 * of the service but its API.
 */
@NullMarked
package dev.sluice.command;

import org.jspecify.annotations.NullMarked;
