package dev.sluice.influxql.tree;

import dev.sluice.influxql.Identifiers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the canonical text of a statement, clause by clause. Absent clauses write nothing. */
final class ClauseWriter {

    private final StringBuilder out = new StringBuilder();

    ClauseWriter(String start) {
        out.append(start);
    }

    ClauseWriter text(String text) {
        out.append(text);
        return this;
    }

    ClauseWriter textIf(boolean condition, String text) {
        return condition ? text(text) : this;
    }

    ClauseWriter name(String name) {
        return text(Identifiers.quote(name));
    }

    /** A keyword with blanks around it, and the name behind it. */
    ClauseWriter clause(String keyword, @Nullable String name) {
        return name == null ? this : text(keyword).name(name);
    }

    ClauseWriter clause(String keyword, @Nullable Expression expression) {
        if (expression != null) {
            text(keyword);
            ExpressionFormatter.append(out, expression);
        }
        return this;
    }

    ClauseWriter clause(String keyword, int number) {
        if (number > 0) {
            out.append(keyword).append(number);
        }
        return this;
    }

    ClauseWriter on(@Nullable String database) {
        return clause(" ON ", database);
    }

    ClauseWriter from(List<? extends Source> sources) {
        return list(" FROM ", sources);
    }

    ClauseWriter where(@Nullable Expression condition) {
        return clause(" WHERE ", condition);
    }

    ClauseWriter groupBy(List<Expression> dimensions) {
        String separator = " GROUP BY ";
        for (Expression dimension : dimensions) {
            clause(separator, dimension);
            separator = ", ";
        }
        return this;
    }

    ClauseWriter orderBy(List<SortField> fields) {
        String separator = " ORDER BY ";
        for (SortField field : fields) {
            clause(separator, field.name());
            text(field.name() == null ? separator : " ").text(field.ascending() ? "ASC" : "DESC");
            separator = ", ";
        }
        return this;
    }

    ClauseWriter limit(int limit, int offset) {
        return clause(" LIMIT ", limit).clause(" OFFSET ", offset);
    }

    ClauseWriter seriesLimit(int limit, int offset) {
        return clause(" SLIMIT ", limit).clause(" SOFFSET ", offset);
    }

    /** WITH KEY …, where an equality with a list is IN. */
    ClauseWriter withKey(@Nullable TagKeyFilter filter) {
        if (filter == null) {
            return this;
        }
        text(" WITH KEY ");
        if (filter.operand() instanceof ListLiteral) {
            return clause("IN ", filter.operand());
        }
        text(filter.operator().symbol());
        // Keys are kept as strings but written as names.
        return filter.operand() instanceof StringLiteral key ? clause(" ", key.value()) : clause(" ", filter.operand());
    }

    ClauseWriter list(String keyword, List<?> items) {
        String separator = keyword;
        for (Object item : items) {
            out.append(separator).append(item);
            separator = ", ";
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
