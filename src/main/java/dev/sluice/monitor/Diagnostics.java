package dev.sluice.monitor;

import dev.sluice.model.ByteOrder;
import java.util.Comparator;
import java.util.List;

/** The diagnostics of all modules. Thread-safe. */
public final class Diagnostics {

    private final List<DiagnosticsSource> sources;

    public Diagnostics(List<DiagnosticsSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** What all modules say, by their names. */
    public List<Diagnostic> all() {
        return sources.stream()
                .flatMap(source -> source.diagnostics().stream())
                .sorted(Comparator.comparing(Diagnostic::name, ByteOrder.STRINGS))
                .toList();
    }
}
