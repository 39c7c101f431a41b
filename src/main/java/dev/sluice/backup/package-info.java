/**
 * Copies of what a service keeps: backups of its files and metadata, which are restored as a whole, and exports of databases as
 * line protocol in the format of {@code influx_inspect export}.
 */
@NullMarked
package dev.sluice.backup;

import org.jspecify.annotations.NullMarked;
