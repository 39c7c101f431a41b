package dev.sluice.influxql.tree;

/** SET PASSWORD; its text never shows the password. */
public record SetPasswordStatement(String name, String password) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
