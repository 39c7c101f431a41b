package dev.sluice.query.kernel;

/**
 * Compares runs of numbers with a constant. Each kernel is one loop over an array without a branch on the operator, and
 * only takes rows away from those that have passed so far.
 */
public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** The comparison that says the same with its operands exchanged. */
    public Comparison mirrored() {
        return switch (this) {
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            default -> this;
        };
    }

    /** Keeps the rows whose value, from {@code offset} on, compares to a whole number. */
    public void keep(long[] values, int offset, long constant, boolean[] passes, int count) {
        switch (this) {
            case EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] == constant;
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] != constant;
                }
            }
            case LESS -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] < constant;
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] <= constant;
                }
            }
            case GREATER -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] > constant;
                }
            }
            case GREATER_OR_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] >= constant;
                }
            }
        }
    }

    /** Keeps the rows whose whole number, read as a double, compares to a double. */
    public void keep(long[] values, int offset, double constant, boolean[] passes, int count) {
        double[] converted = new double[count];
        for (int i = 0; i < count; i++) {
            converted[i] = values[offset + i];
        }
        keep(converted, 0, constant, passes, count);
    }

    /** Keeps the rows whose double compares to a double; a value that is not a number is only ever unequal. */
    public void keep(double[] values, int offset, double constant, boolean[] passes, int count) {
        switch (this) {
            case EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] == constant;
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] != constant;
                }
            }
            case LESS -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] < constant;
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] <= constant;
                }
            }
            case GREATER -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] > constant;
                }
            }
            case GREATER_OR_EQUAL -> {
                for (int i = 0; i < count; i++) {
                    passes[i] &= values[offset + i] >= constant;
                }
            }
        }
    }
}
