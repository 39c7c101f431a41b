package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.query.QueryException;

/** What every function of InfluxQL has. Stateless and safe for many threads. */
public sealed interface Function permits BucketFunction, StreamFunction, MathFunction {

    /** The name in lower case. */
    String name();

    /**
     * Checks number and kind of the arguments before any data is looked at.
     *
     * @throws QueryException with InfluxDB's text
     */
    void checkArguments(Call call, ArgumentScope scope);
}
