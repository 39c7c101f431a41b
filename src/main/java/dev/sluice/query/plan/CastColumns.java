package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.StoredAs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets casts to a type that a field has in some shards only read those shards. */
final class CastColumns {

    private final List<RowSource> sources;
    private final Map<String, FieldType> fields;

    /**
     * A replacement for the references of a statement.
     *
     * @param fields of the sources; gets the columns that are found
     */
    CastColumns(List<RowSource> sources, Map<String, FieldType> fields) {
        this.sources = sources;
        this.fields = fields;
    }

    /** A copy in which such casts are references to the column of that type. */
    Expression replace(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return new ParenExpression(replace(paren.inner()));
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(binary.operator(), replace(binary.left()), replace(binary.right()));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.name(), call.arguments().stream().map(this::replace).toList());
        }
        return expression instanceof VarRef reference ? replace(reference) : expression;
    }

    private VarRef replace(VarRef reference) {
        FieldType present = fields.get(reference.name());
        FieldType wanted = wanted(reference);
        if (present == null
                || wanted == null
                || BatchRow.typeAfterCast(present, reference.type()) != null
                || sources.stream().noneMatch(source -> source.stores(reference.name(), wanted))) {
            return reference;
        }
        String column = StoredAs.column(reference.name(), wanted);
        fields.put(column, wanted);
        return new VarRef(column, null);
    }

    private static @Nullable FieldType wanted(VarRef reference) {
        return Arrays.stream(FieldType.values())
                .filter(type -> reference.type() != null
                        && type.name().equals(reference.type().name()))
                .findFirst()
                .orElse(null);
    }
}
