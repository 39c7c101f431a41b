package dev.sluice.influxql.privilege;

import dev.sluice.model.Permission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing a statement needs of who goes by Enterprise's permissions.
 *
 * @param anyOf one of these is enough
 * @param database what it is needed for; null for the request's default database, empty for none, where only permissions
 *     that hold everywhere count
 */
public record RequiredPermission(
        Set<Permission> anyOf, @Nullable String database) {

    public RequiredPermission {
        anyOf = Collections.unmodifiableSet(EnumSet.copyOf(anyOf));
    }

    /** A permission that must hold everywhere. */
    static RequiredPermission everywhere(Permission permission) {
        return new RequiredPermission(EnumSet.of(permission), "");
    }

    /** One of some permissions for a database; null or empty is the request's default database. */
    static RequiredPermission on(@Nullable String database, Permission first, Permission... others) {
        return new RequiredPermission(
                EnumSet.of(first, others), database == null || database.isEmpty() ? null : database);
    }
}
