package dev.sluice.server;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code [backup]}, which InfluxDB does not have.
 *
 * @param dir Directory of the backups that the service makes; on the file system of influxdb.data.dir they share its files.
 */
public record BackupProperties(
        @DefaultValue("./data/backups") String dir) {

    public BackupProperties {
        InfluxProperties.check(!dir.isBlank(), "backup.dir", dir, "the path of a directory");
    }
}
