package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Distinct;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.VarRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a result are called: by their alias, by the field, by the function, by all of these joined with an
 * underscore for an operation; a name that is taken gets a number.
 */
final class ColumnNames {

    private ColumnNames() {}

    /** The names of the fields in order. */
    static List<String> of(List<SelectField> fields, String timeName) {
        Map<String, Integer> used = new HashMap<>();
        used.put(timeName, 1);
        for (SelectField field : fields) {
            if (field.alias() != null) {
                used.put(field.alias(), 1);
            }
        }
        List<String> names = new ArrayList<>();
        for (SelectField field : fields) {
            names.add(field.alias() != null ? field.alias() : free(unnumbered(field), used));
        }
        return names;
    }

    /** The name of a field that is not set apart from others of that name. */
    static String unnumbered(SelectField field) {
        return field.alias() != null ? field.alias() : baseName(field.expression());
    }

    private static String free(String wanted, Map<String, Integer> used) {
        Integer count = used.get(wanted);
        if (count == null) {
            used.put(wanted, 1);
            return wanted;
        }
        int number = count;
        while (used.containsKey(wanted + "_" + number)) {
            number++;
        }
        used.put(wanted, number + 1);
        String name = wanted + "_" + number;
        used.put(name, 1);
        return name;
    }

    private static String baseName(Expression expression) {
        List<String> parts = new ArrayList<>();
        collect(expression, parts);
        return String.join("_", parts);
    }

    private static void collect(Expression expression, List<String> parts) {
        if (expression instanceof VarRef reference) {
            parts.add(reference.name());
        } else if (expression instanceof Call call) {
            parts.add(call.name());
        } else if (expression instanceof Distinct) {
            parts.add("distinct");
        } else if (expression instanceof ParenExpression paren) {
            collect(paren.inner(), parts);
        } else if (expression instanceof BinaryExpression binary) {
            collect(binary.left(), parts);
            collect(binary.right(), parts);
        }
    }
}
