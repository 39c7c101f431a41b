package dev.sluice.query.function;

import static dev.sluice.query.function.FunctionAssert.assertAccepted;
import static dev.sluice.query.function.FunctionAssert.assertRefused;
import static dev.sluice.query.function.FunctionAssert.at;
import static dev.sluice.query.function.FunctionAssert.call;

import dev.sluice.model.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleFunctionTests {

    @Test
    void countTakesEveryType() {
        call("count(v)", FieldType.FLOAT)
                .floats(at(1, 2, 3), 1, 2, 3)
                .floats(at(4), 4)
                .yields("0 4");
        call("count(v)", FieldType.STRING).strings(at(1, 2), "a", "a").yields("0 2");
    }

    @Test
    void sumKeepsTheTypeAndWraps() {
        call("sum(v)", FieldType.FLOAT).floats(at(1, 2, 3), 0.1, 0.2, 0.3).yields("0 0.6000000000000001");
        call("sum(v)", FieldType.INTEGER).integers(at(1, 2), Long.MAX_VALUE, 1).yields("0 " + Long.MIN_VALUE);
    }

    @Test
    void meanWeighsSeriesByTheirCount() {
        call("mean(v)", FieldType.FLOAT)
                .floats(at(1, 2, 3), 1, 2, 3)
                .floats(at(1), 10)
                .yields("0 4.0");
        call("mean(v)", FieldType.INTEGER).integers(at(1, 2), 1, 2).yields("0 1.5");
        call("mean(v)", FieldType.UNSIGNED).integers(at(1), -2).yields("0 1.8446744073709552E19");
    }

    @Test
    void extremesPreferTheEarliestOfEqualValues() {
        call("max(v)", FieldType.FLOAT)
                .floats(at(5, 6, 7), 3, 9, 9)
                .floats(at(2, 8), 9, 1)
                .yields("2 9.0");
        call("min(v)", FieldType.INTEGER)
                .descending()
                .integers(at(9, 8, 7), 4, 4, 5)
                .yields("8 4");
        call("min(v)", FieldType.UNSIGNED).integers(at(1, 2), -1, 7).yields("2 7");
        call("max(v)", FieldType.BOOLEAN)
                .booleans(at(1, 2, 3), false, true, true)
                .yields("2 true");
    }

    @Test
    void edgesPreferTheGreaterValueAtTheSameTime() {
        call("first(v)", FieldType.FLOAT)
                .floats(at(5, 6), 3, 9)
                .floats(at(5, 7), 4, 1)
                .yields("5 4.0");
        call("last(v)", FieldType.STRING)
                .strings(at(5, 9), "x", "a")
                .strings(at(9), "b")
                .yields("9 b");
        call("first(v)", FieldType.BOOLEAN)
                .booleans(at(1), true)
                .booleans(at(1), false)
                .yields("1 false");
        call("last(v)", FieldType.INTEGER).descending().integers(at(9, 8), 1, 2).yields("9 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(v)", "mean(v)", "min(v)", "max(v)"})
    void stringsAreRefused(String text) {
        call(text, FieldType.STRING).refusesType();
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "sum", "mean", "min", "max", "first", "last"})
    void argumentsAreChecked(String name) {
        assertAccepted(name + "(v)");
        assertAccepted(name + "(*)");
        assertRefused(name + "()", "invalid number of arguments for " + name + ", expected 1, got 0");
        assertRefused(name + "(a, b)", "invalid number of arguments for " + name + ", expected 1, got 2");
        assertRefused(name + "(1)", "expected field argument in " + name + "()");
    }

    @Test
    void countOfDistinctChecksTheInnerCall() {
        assertAccepted("count(distinct(v))");
        assertRefused("count(distinct(*))", "expected field argument in distinct()");
        assertRefused("count(distinct())", "distinct function requires at least one argument");
    }
}
