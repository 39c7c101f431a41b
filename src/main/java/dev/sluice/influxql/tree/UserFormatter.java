package dev.sluice.influxql.tree;

import dev.sluice.model.Privilege;

/** Prints statements about users and their privileges; passwords never appear. */
final class UserFormatter {

    private static final String HIDDEN_PASSWORD = "[REDACTED]";

    private UserFormatter() {}

    static String format(CreateUserStatement create) {
        return new ClauseWriter("CREATE USER ")
                .name(create.name())
                .text(" WITH PASSWORD " + HIDDEN_PASSWORD)
                .textIf(create.admin(), " WITH ALL PRIVILEGES")
                .toString();
    }

    static String format(SetPasswordStatement set) {
        return new ClauseWriter("SET PASSWORD FOR ")
                .name(set.name())
                .text(" = " + HIDDEN_PASSWORD)
                .toString();
    }

    static String format(DropUserStatement drop) {
        return new ClauseWriter("DROP USER ").name(drop.name()).toString();
    }

    static String format(GrantStatement grant) {
        return privilege("GRANT ", grant.privilege(), grant.database(), " TO ", grant.user());
    }

    static String format(RevokeStatement revoke) {
        return privilege("REVOKE ", revoke.privilege(), revoke.database(), " FROM ", revoke.user());
    }

    static String format(GrantAdminStatement grant) {
        return new ClauseWriter("GRANT ALL PRIVILEGES TO ").name(grant.user()).toString();
    }

    static String format(RevokeAdminStatement revoke) {
        return new ClauseWriter("REVOKE ALL PRIVILEGES FROM ")
                .name(revoke.user())
                .toString();
    }

    private static String privilege(
            String verb, Privilege privilege, String database, String preposition, String user) {
        return new ClauseWriter(verb)
                .text(privilege.influxName())
                .on(database)
                .clause(preposition, user)
                .toString();
    }
}
