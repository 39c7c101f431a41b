package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.Function;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.StreamFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts fields and tags in the place of wildcards and regular expressions. */
final class WildcardExpansion {

    private final Map<String, FieldType> fields;
    private final Set<String> tags;
    private final Set<String> dimensions;
    private final Set<String> untypedColumns;
    private final Set<String> tagColumns;

    /**
     * An expansion over what exists.
     *
     * @param dimensions tags the statement groups by, which {@code *} leaves out of the columns
     * @param untypedColumns of inner statements' results, which have no values
     * @param tagColumns fields of inner statements' results that are tags, which functions leave out
     */
    WildcardExpansion(
            Map<String, FieldType> fields,
            Set<String> tags,
            Set<String> dimensions,
            Set<String> untypedColumns,
            Set<String> tagColumns) {
        this.untypedColumns = untypedColumns;
        this.tagColumns = tagColumns;
        this.fields = fields;
        this.tags = tags;
        this.dimensions = dimensions;
    }

    List<SelectField> expand(List<SelectField> selected) {
        List<SelectField> expanded = new ArrayList<>();
        for (SelectField field : selected) {
            Expression expression = field.expression();
            if (expression instanceof Wildcard || expression instanceof RegexLiteral) {
                for (VarRef reference : references(expression)) {
                    // An alias means nothing here, as in the reference.
                    expanded.add(new SelectField(reference, null));
                }
            } else if (expression instanceof Call call && isPattern(innermost(call))) {
                expandCall(call, field.alias(), expanded);
            } else {
                expanded.add(field);
            }
        }
        return expanded;
    }

    private static boolean isPattern(@Nullable Expression expression) {
        return expression instanceof Wildcard || expression instanceof RegexLiteral;
    }

    private static @Nullable Expression innermost(Call call) {
        if (call.arguments().isEmpty()) {
            return null;
        }
        Expression first = call.arguments().get(0);
        return first instanceof Call inner ? innermost(inner) : first;
    }

    /** Fields and tags by name, as a wildcard or regular expression in the columns means them. */
    private List<VarRef> references(Expression pattern) {
        List<VarRef> candidates = new ArrayList<>();
        Set<String> columns = new TreeSet<>(fields.keySet());
        columns.addAll(untypedColumns);
        columns.forEach(name -> candidates.add(new VarRef(name, null)));
        tags.stream()
                .filter(tag -> !dimensions.contains(tag))
                .forEach(tag -> candidates.add(new VarRef(tag, DataType.TAG)));
        // A field comes before a tag of the same name.
        candidates.sort(Comparator.comparing(VarRef::name).thenComparing(reference -> reference.type() != null));
        List<VarRef> references = new ArrayList<>();
        for (VarRef candidate : candidates) {
            boolean isField = candidate.type() == null;
            boolean wanted = pattern instanceof RegexLiteral regex
                    ? regex.pattern().matcher(candidate.name()).find()
                    : ((Wildcard) pattern).kind() == null
                            || (((Wildcard) pattern).kind() == Wildcard.Kind.FIELD) == isField;
            if (wanted) {
                references.add(candidate);
            }
        }
        return references;
    }

    private void expandCall(Call call, @Nullable String alias, List<SelectField> expanded) {
        Expression pattern = innermost(call);
        if (pattern instanceof Wildcard wildcard && wildcard.kind() == Wildcard.Kind.TAG) {
            throw new QueryException("unable to use tag wildcard in " + call.name() + "()");
        }
        for (String field : new TreeSet<>(fields.keySet())) {
            if (tagColumns.contains(field)) {
                continue;
            }
            if (pattern instanceof RegexLiteral regex
                    && !regex.pattern().matcher(field).find()) {
                continue;
            }
            Call concrete = replaceInnermost(call, new VarRef(field, null));
            if (takes(innermostCall(concrete), fields.get(field))) {
                String name = alias == null ? call.name() : alias;
                expanded.add(new SelectField(concrete, name + "_" + field));
            }
        }
    }

    private static Call innermostCall(Call call) {
        return call.arguments().get(0) instanceof Call inner ? innermostCall(inner) : call;
    }

    private static Call replaceInnermost(Call call, Expression replacement) {
        List<Expression> arguments = new ArrayList<>(call.arguments());
        arguments.set(0, arguments.get(0) instanceof Call inner ? replaceInnermost(inner, replacement) : replacement);
        return new Call(call.name(), arguments);
    }

    private static boolean takes(Call call, FieldType type) {
        Function function = FunctionRegistry.find(call.name());
        if (function instanceof BucketFunction bucket) {
            return bucket.resultType(type) != null;
        }
        return function instanceof StreamFunction stream ? stream.resultType(type) != null : type.isNumeric();
    }
}
