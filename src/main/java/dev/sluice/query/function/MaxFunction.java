package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** {@code max(x)}: the point with the greatest value; of several the earliest. */
final class MaxFunction implements BucketFunction {

    @Override
    public String name() {
        return "max";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.oneField(call, scope);
    }

    @Override
    public Kind kind() {
        return Kind.SELECTOR;
    }

    @Override
    public @Nullable FieldType resultType(FieldType argument) {
        return argument == FieldType.STRING ? null : argument;
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        return new ExtremeAccumulator(argument, true);
    }
}
