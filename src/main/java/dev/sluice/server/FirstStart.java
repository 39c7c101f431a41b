package dev.sluice.server;

import dev.sluice.account.AccountException;
import dev.sluice.account.AccountUnavailableException;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.CatalogUnavailableException;
import dev.sluice.model.Privilege;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes a database and users on the very first start, as the container image {@code influxdb:1.8} does by the same
 * variables: {@code INFLUXDB_DB}; and, while authentication is on and {@code INFLUXDB_ADMIN_USER} is set, that admin,
 * {@code INFLUXDB_USER} with all privileges on the database, {@code INFLUXDB_WRITE_USER} and {@code INFLUXDB_READ_USER}
 * with one. Passwords are in {@code INFLUXDB_ADMIN_PASSWORD}, {@code INFLUXDB_USER_PASSWORD} and so on; where there is none,
 * a random one is printed to standard output.
 *
 * <p>It happens before the service listens: with authentication on and no admin yet, whoever comes first may make one.
 * After a crash in between, the next start makes what is missing.
 */
final class FirstStart implements SmartInitializingSingleton {

    private static final Logger LOG = System.getLogger(FirstStart.class.getName());

    private static final String DATABASE = "INFLUXDB_DB";
    private static final String ADMIN = "INFLUXDB_ADMIN_USER";
    private static final String USER = "INFLUXDB_USER";
    private static final String WRITER = "INFLUXDB_WRITE_USER";
    private static final String READER = "INFLUXDB_READ_USER";

    private static final String PASSWORD = "_PASSWORD";

    /** The only one that is not named after its user's variable. */
    private static final String ADMIN_PASSWORD = "INFLUXDB_ADMIN_PASSWORD";

    private static final String PASSWORD_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final int PASSWORD_LENGTH = 32;

    private final UnaryOperator<@Nullable String> variables;
    private final boolean authEnabled;
    private final FirstStartMarker marker;
    private final Catalog catalog;
    private final Users users;
    private final Consumer<String> standardOutput;

    /**
     * @param variables value of a variable, null when it is not set
     * @param standardOutput takes lines with generated passwords; never a log
     */
    FirstStart(
            UnaryOperator<@Nullable String> variables,
            boolean authEnabled,
            FirstStartMarker marker,
            Catalog catalog,
            Users users,
            Consumer<String> standardOutput) {
        this.variables = variables;
        this.authEnabled = authEnabled;
        this.marker = marker;
        this.catalog = catalog;
        this.users = users;
        this.standardOutput = standardOutput;
    }

    /** The names of all variables that it reads. */
    static Set<String> variables() {
        return Set.of(
                DATABASE,
                ADMIN,
                ADMIN_PASSWORD,
                USER,
                USER + PASSWORD,
                WRITER,
                WRITER + PASSWORD,
                READER,
                READER + PASSWORD);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (marker.isSet()) {
            return;
        }
        String database = find(DATABASE);
        if (database != null) {
            createDatabase(database);
        }
        if (find(ADMIN) != null) {
            createUsers(database);
        }
        marker.set();
    }

    private void createDatabase(String database) {
        try {
            catalog.createDatabase(database, null);
        } catch (CatalogUnavailableException failed) {
            throw failed;
        } catch (CatalogException refused) {
            throw new InvalidSettingException(
                    DATABASE, database, "the name of a database (" + refused.getMessage() + ")");
        }
    }

    private void createUsers(@Nullable String database) {
        if (!authEnabled) {
            LOG.log(
                    Level.WARNING,
                    ADMIN + " and the like have no effect on the first start while authentication is off");
            return;
        }
        createUser(ADMIN, ADMIN_PASSWORD, null, Privilege.NONE);
        createUser(USER, USER + PASSWORD, database, Privilege.ALL);
        createUser(WRITER, WRITER + PASSWORD, database, Privilege.WRITE);
        createUser(READER, READER + PASSWORD, database, Privilege.READ);
    }

    private void createUser(String variable, String passwordVariable, @Nullable String database, Privilege privilege) {
        String name = find(variable);
        if (name == null) {
            return;
        }
        try {
            if (users.find(name).isEmpty()) {
                users.create(name, password(passwordVariable), variable.equals(ADMIN));
            }
            if (database != null) {
                users.grant(name, database, privilege);
            }
        } catch (AccountUnavailableException failed) {
            throw failed;
        } catch (AccountException refused) {
            throw new InvalidSettingException(
                    variable, name, "a name, with a password, that CREATE USER takes (" + refused.getMessage() + ")");
        }
    }

    private String password(String variable) {
        String given = find(variable);
        if (given != null) {
            return given;
        }
        String generated = new SecureRandom()
                .ints(PASSWORD_LENGTH, 0, PASSWORD_CHARACTERS.length())
                .mapToObj(index -> PASSWORD_CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
        standardOutput.accept(variable + ":" + generated);
        return generated;
    }

    private @Nullable String find(String variable) {
        String value = variables.apply(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
