/**
 * The few values that three or more features share: types of fields, ids, series identity, time ranges, privileges and
 * the flat batch of points that travels from a protocol parser to a store. Knows nothing but the JDK.
 */
@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
