package dev.sluice.influxql.tree;

/** What FROM lists: measurements or subqueries. */
public sealed interface Source permits Measurement, SubQuery {}
