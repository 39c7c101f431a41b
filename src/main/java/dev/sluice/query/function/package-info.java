/**
 * The functions of InfluxQL, one class each, behind three small interfaces:
 *
 * <ul>
 *   <li>{@link dev.sluice.query.function.BucketFunction}: aggregates and selectors. They see the points of one bucket of
 *       GROUP BY time() (or of the whole range) and yield one row, or some, per bucket. A function whose partial results
 *       commute offers a {@link dev.sluice.query.function.SlotAccumulator} (count, sum, mean, min, max, first, last); one
 *       that needs its points together and in order of time offers an {@link
 *       dev.sluice.query.function.OrderedAccumulator} (median, percentile, distinct, top, …).
 *   <li>{@link dev.sluice.query.function.StreamFunction}: transformations and whatever else turns an ordered run of
 *       (time, value) into another (derivative, moving_average, holt_winters, integral, …).
 *   <li>{@link dev.sluice.query.function.MathFunction}: row by row, on columns (abs, pow, …).
 * </ul>
 *
 * <p>To add a function, write one package-private class implementing one of them and name it in {@link
 * dev.sluice.query.function.FunctionRegistry}. The class checks its own arguments (texts in {@link
 * dev.sluice.query.function.ArgumentChecks}), says which types it takes and what comes out, and makes its state. States
 * are given dense columns: a row they see is never null. They emit through a {@link
 * dev.sluice.query.function.PointSink}. Test it by pushing columns in and reading columns back, see {@code
 * FunctionAssert}. {@code count(distinct(x))} is one function, registered under that very text. Functions know columns and the syntax tree of their own arguments; they know nothing of storage,
 * groups, fill or paging, which the operators do for all of them.
 */
@NullMarked
package dev.sluice.query.function;

import org.jspecify.annotations.NullMarked;
