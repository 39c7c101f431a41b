package dev.sluice.statement;

import dev.sluice.account.AccountException;
import dev.sluice.account.UserAccount;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.column.BooleanColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.CreateUserStatement;
import dev.sluice.influxql.tree.DropUserStatement;
import dev.sluice.influxql.tree.GrantAdminStatement;
import dev.sluice.influxql.tree.GrantStatement;
import dev.sluice.influxql.tree.RevokeAdminStatement;
import dev.sluice.influxql.tree.RevokeStatement;
import dev.sluice.influxql.tree.SetPasswordStatement;
import dev.sluice.influxql.tree.ShowGrantsStatement;
import dev.sluice.influxql.tree.ShowUsersStatement;
import dev.sluice.model.Privilege;
import java.util.List;

/** Users and what they may do. */
public final class UserHandlers {

    private final Users users;
    private final Catalog catalog;

    public UserHandlers(Users users, Catalog catalog) {
        this.users = users;
        this.catalog = catalog;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(
                        CreateUserStatement.class,
                        (statement, execution) ->
                                users.create(statement.name(), statement.password(), statement.admin()))
                .put(DropUserStatement.class, (statement, execution) -> users.drop(statement.name()))
                .put(
                        SetPasswordStatement.class,
                        (statement, execution) -> users.setPassword(statement.name(), statement.password()))
                .put(GrantAdminStatement.class, (statement, execution) -> users.setAdmin(statement.user(), true))
                .put(RevokeAdminStatement.class, (statement, execution) -> users.setAdmin(statement.user(), false))
                .put(GrantStatement.class, this::grant)
                .put(RevokeStatement.class, this::revoke)
                .put(ShowUsersStatement.class, this::showUsers)
                .put(ShowGrantsStatement.class, this::showGrants);
    }

    private void grant(GrantStatement statement, Execution execution) {
        requireBoth(statement.user(), statement.database());
        users.grant(statement.user(), statement.database(), statement.privilege());
    }

    private void revoke(RevokeStatement statement, Execution execution) {
        requireBoth(statement.user(), statement.database());
        users.revoke(statement.user(), statement.database(), statement.privilege());
    }

    private void requireBoth(String user, String database) {
        load(user);
        if (catalog.findDatabase(database).isEmpty()) {
            throw CatalogException.databaseNotFound(database);
        }
    }

    private UserAccount load(String user) {
        return users.find(user).orElseThrow(() -> new AccountException("user not found"));
    }

    private void showUsers(ShowUsersStatement statement, Execution execution) {
        List<UserAccount> all = users.all();
        boolean[] admins = new boolean[all.size()];
        for (int i = 0; i < admins.length; i++) {
            admins[i] = all.get(i).admin();
        }
        execution.table(
                "",
                List.of("user", "admin"),
                StringColumn.of(all.stream().map(UserAccount::name).toList()),
                BooleanColumn.wrapWithoutCopy(admins, admins.length));
    }

    private void showGrants(ShowGrantsStatement statement, Execution execution) {
        UserAccount user = load(statement.user());
        execution.table(
                "",
                List.of("database", "privilege"),
                StringColumn.of(List.copyOf(user.grants().keySet())),
                StringColumn.of(user.grants().values().stream()
                        .map(Privilege::influxName)
                        .toList()));
    }
}
