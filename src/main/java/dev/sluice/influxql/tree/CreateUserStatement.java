package dev.sluice.influxql.tree;

/**
 * CREATE USER; its text never shows the password.
 *
 * @param name of the user
 * @param password in clear
 * @param admin WITH ALL PRIVILEGES
 */
public record CreateUserStatement(String name, String password, boolean admin) implements Statement {

    @Override
    public String toString() {
        return UserFormatter.format(this);
    }
}
