package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Fill;
import dev.sluice.model.FieldType;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.StreamFunction;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.source.ResultShape;
import dev.sluice.query.source.RowSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what the result of a planned inner statement will look like. */
final class InnerShape {

    private InnerShape() {}

    /**
     * The shape.
     *
     * @param dimensions that the statement has by itself
     */
    static ResultShape of(SelectPlan plan, Set<String> dimensions) {
        Map<String, FieldType> fields = new LinkedHashMap<>();
        for (Output output : plan.outputs()) {
            if (output.type() != null) {
                // Of several columns with one name only the first can be asked for.
                fields.putIfAbsent(output.innerName(), output.type());
            }
        }
        boolean hasCalls = !plan.calls().isEmpty();
        return new ResultShape(
                plan.sources().stream().map(RowSource::name).findFirst().orElse(""),
                plan.outputs().stream().map(Output::innerName).toList(),
                fields,
                plan.outputs().stream()
                        .filter(Output::isTag)
                        .map(Output::innerName)
                        .collect(Collectors.toSet()),
                dimensions,
                buckets(plan),
                plan.calls().stream().anyMatch(Expressions::leavesRange),
                hasCalls || plan.sources().stream().anyMatch(RowSource::keepsEmptyRows),
                !hasCalls || isReadByTime(plan));
    }

    /** Those of the statement, or of what it only hands on. */
    private static @Nullable TimeBuckets buckets(SelectPlan plan) {
        return plan.calls().isEmpty()
                ? plan.sources().stream()
                        .map(RowSource::buckets)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : plan.buckets();
    }

    /** InfluxDB computes bucket by bucket what neither fills nor transforms, and everything else series by series. */
    private static boolean isReadByTime(SelectPlan plan) {
        return plan.buckets() != null
                && plan.fill().kind() == Fill.Kind.NONE
                && plan.calls().stream().noneMatch(call -> FunctionRegistry.of(call) instanceof StreamFunction);
    }
}
