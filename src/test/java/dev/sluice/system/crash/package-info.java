/** Kills the service at random moments under a mixed load and holds what it has afterwards against a model. */
@org.jspecify.annotations.NullMarked
package dev.sluice.system.crash;
