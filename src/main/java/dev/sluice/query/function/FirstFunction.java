package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;

/** {@code first(x)}: the earliest point; of several at the same time the greatest value, for booleans false. */
final class FirstFunction implements BucketFunction {

    @Override
    public String name() {
        return "first";
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
    public FieldType resultType(FieldType argument) {
        return argument;
    }

    @Override
    public Deciding deciding() {
        return Deciding.EARLIEST;
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public SlotAccumulator newSlots(FieldType argument, CallSetting setting) {
        return new EdgeAccumulator(argument, false, setting.ascending());
    }
}
