package dev.sluice.monitor;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The process and its virtual machine, in the place of Go's runtime. Names are Go's ({@code runtime.MemStats}); what a
 * Java virtual machine does not count (objects, allocations, memory given back) is left out rather than shown as zero.
 */
public final class JavaRuntime implements StatisticsSource, DiagnosticsSource {

    private final Instant started = Instant.now();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /** When this was made, which is when the service started. */
    public Instant started() {
        return started;
    }

    /** How long the service has been up. */
    public Duration uptime() {
        return Duration.between(started, Instant.now());
    }

    @Override
    public List<Statistic> statistics() {
        MemoryUsage heap = memory.getHeapMemoryUsage();
        Map<String, Long> values = new TreeMap<>();
        values.put("Alloc", heap.getUsed());
        values.put("HeapAlloc", heap.getUsed());
        values.put("HeapIdle", heap.getCommitted() - heap.getUsed());
        values.put("HeapInUse", heap.getUsed());
        values.put("HeapSys", heap.getCommitted());
        values.put("NumGC", collections(GarbageCollectorMXBean::getCollectionCount));
        values.put("NumGoroutine", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        values.put("PauseTotalNs", collections(GarbageCollectorMXBean::getCollectionTime) * 1_000_000);
        values.put("Sys", heap.getCommitted() + memory.getNonHeapMemoryUsage().getCommitted() + direct());
        return List.of(Statistic.of("runtime", values));
    }

    private static long collections(ToLongFunction<GarbageCollectorMXBean> figure) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(figure)
                .filter(value -> value > 0)
                .sum();
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .filter(value -> value > 0)
                .sum();
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.of(
                Diagnostic.of("network", Map.of("hostname", hostname())),
                Diagnostic.of(
                        "runtime",
                        Map.of(
                                "GOARCH", System.getProperty("os.arch"),
                                "GOMAXPROCS", Runtime.getRuntime().availableProcessors(),
                                "GOOS", System.getProperty("os.name").toLowerCase(Locale.ROOT),
                                "version", "java" + System.getProperty("java.version"))));
    }

    /** The name of this machine. */
    public static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
