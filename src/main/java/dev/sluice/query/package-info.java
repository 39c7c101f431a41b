/**
 * SELECT: from a syntax tree to batches of columns. Compiling checks a statement and resolves its names against what
 * exists; executing pulls column batches through operators and pushes the resulting series into a sink. Sub-packages
 * hold plans, operators, functions, kernels and what EXPLAIN says of them.
 */
@NullMarked
package dev.sluice.query;

import org.jspecify.annotations.NullMarked;
