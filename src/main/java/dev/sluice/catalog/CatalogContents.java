package dev.sluice.catalog;

import java.util.List;

/**
 * What a {@link CatalogStore} keeps. The last ids outlive the things that had them, so that no id is given out twice.
 *
 * @param databases in order of creation
 * @param lastDatabaseId highest id a database ever had; 0 for none
 * @param lastShardGroupId highest id a shard group ever had; 0 for none
 * @param lastShardId highest id a shard ever had; 0 for none
 */
public record CatalogContents(List<Database> databases, long lastDatabaseId, long lastShardGroupId, long lastShardId) {

    public CatalogContents {
        databases = List.copyOf(databases);
    }
}
