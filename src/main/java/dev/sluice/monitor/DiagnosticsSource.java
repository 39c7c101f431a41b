package dev.sluice.monitor;

import java.util.List;

/** A part of the service that can say how it is built or configured. Thread-safe. */
@FunctionalInterface
public interface DiagnosticsSource {

    /** What it says now. */
    List<Diagnostic> diagnostics();
}
