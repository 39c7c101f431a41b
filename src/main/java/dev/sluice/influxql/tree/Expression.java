package dev.sluice.influxql.tree;

/** Anything that has a value or names one. Immutable; {@code toString()} is the canonical text. */
public sealed interface Expression
        permits BinaryExpression,
                BooleanLiteral,
                Call,
                Distinct,
                DurationLiteral,
                IntegerLiteral,
                ListLiteral,
                NilLiteral,
                NumberLiteral,
                ParenExpression,
                RegexLiteral,
                StringLiteral,
                TimeLiteral,
                UnsignedLiteral,
                VarRef,
                Wildcard {}
