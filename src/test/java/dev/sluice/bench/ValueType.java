package dev.sluice.bench;

import java.util.Locale;

/** What the values of fields are. */
enum ValueType {
    /** Whole numbers, as TSBS writes them. */
    INTEGER {
        @Override
        String text(double value) {
            return (int) value + "i";
        }
    },
    /** Floating-point numbers with four decimals, as sensors and agents write them. */
    DECIMAL {
        @Override
        String text(double value) {
            long scaled = Math.round(value * 10_000);
            String fraction = Long.toString(10_000 + scaled % 10_000);
            return scaled / 10_000 + "." + fraction.substring(1);
        }
    },
    /** Floating-point numbers with all their digits. */
    FLOAT {
        @Override
        String text(double value) {
            return Double.toString(value);
        }
    };

    /** A value, which is not negative, in line protocol. */
    abstract String text(double value);

    static ValueType parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("values are integer, decimal or float, not " + name, unknown);
        }
    }
}
