/**
 * Puts the parts together: configuration properties, the bean definitions of every feature and the order of start and
 * stop. It may see everything and nothing may see it; rules of the service belong to the features.
 */
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
