/**
 * What each statement needs its caller to be allowed to do, told from the syntax alone. Who the caller is, and whether
 * the databases exist, is not known here.
 */
@NullMarked
package dev.sluice.influxql.privilege;

import org.jspecify.annotations.NullMarked;
