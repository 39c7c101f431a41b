/**
 * The root of the service: nothing but {@link dev.sluice.SluiceApplication}. Each feature has a package of its own
 * below this one, whose root is its API and whose sub-packages are internal. Dependencies point downwards:
 * {@code server → http → statement/ingest → query → storage → column → model}. {@code ModularityTests} holds the rules.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
