package dev.sluice.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * What InfluxDB Enterprise lets be granted to users and roles, for every database or for one ("Enterprise users and
 * permissions", 1.x). The order is that in which its meta API lists them.
 */
public enum Permission {
    VIEW_ADMIN("ViewAdmin", true),
    VIEW_CHRONOGRAF("ViewChronograf", true),
    CREATE_DATABASE("CreateDatabase", false),
    CREATE_USER_AND_ROLE("CreateUserAndRole", true),
    ADD_REMOVE_NODE("AddRemoveNode", true),
    DROP_DATABASE("DropDatabase", false),
    DROP_DATA("DropData", false),
    READ_DATA("ReadData", false),
    WRITE_DATA("WriteData", false),
    REBALANCE("Rebalance", true),
    MANAGE_SHARD("ManageShard", true),
    MANAGE_CONTINUOUS_QUERY("ManageContinuousQuery", false),
    MANAGE_QUERY("ManageQuery", true),
    MANAGE_SUBSCRIPTION("ManageSubscription", false),
    MONITOR("Monitor", true),
    COPY_SHARD("CopyShard", true),
    KAPACITOR_API("KapacitorAPI", true),
    KAPACITOR_CONFIG_API("KapacitorConfigAPI", true);

    private final String influxName;
    private final boolean clusterWide;

    Permission(String influxName, boolean clusterWide) {
        this.influxName = influxName;
        this.clusterWide = clusterWide;
    }

    /** The name in the meta API. */
    public String influxName() {
        return influxName;
    }

    /** Whether it means nothing for a single database and so is only granted for all of them. */
    public boolean isClusterWide() {
        return clusterWide;
    }

    /** The permission of a name; names differ in case. */
    public static Optional<Permission> find(String influxName) {
        return Arrays.stream(values())
                .filter(permission -> permission.influxName.equals(influxName))
                .findFirst();
    }
}
