package dev.sluice.server;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code audit}, which InfluxDB does not have: a record of who did what.
 *
 * @param enabled Whether it is kept.
 * @param path File it is appended to; empty for the logger named audit of the service's log.
 */
public record AuditProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("") String path) {}
