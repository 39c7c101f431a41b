package dev.sluice.http;

/** Whether the service can do its work. Thread-safe. */
@FunctionalInterface
public interface ServiceHealth {

    /** What is wrong, for an operator to read; empty when nothing is. */
    String fault();
}
