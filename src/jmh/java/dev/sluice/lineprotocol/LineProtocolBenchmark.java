package dev.sluice.lineprotocol;

import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time per line: 10 tags, 10 fields, as in TSBS's cpu-only set. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineProtocolBenchmark {

    private static final int LINES = 1000;

    /** What the fields hold. */
    @Param({"integer", "decimal", "float"})
    public String values = "";

    private byte[] body = new byte[0];
    private final PointBatch batch = new PointBatch();

    @Setup
    public void makeBody() {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            int host = line % 100;
            lines.append("cpu,hostname=host_").append(host).append(",region=eu-west-1,datacenter=eu-west-1b,rack=");
            lines.append(host % 67).append(",os=Ubuntu16.10,arch=x64,team=SF,service=").append(host % 20);
            lines.append(",service_version=1,service_environment=production ");
            for (int field = 0; field < 10; field++) {
                lines.append(field == 0 ? "" : ",").append("usage_").append(field).append('=').append(value(random));
            }
            lines.append(' ').append(1_451_606_400_000_000_000L + line * 10_000_000_000L).append('\n');
        }
        body = lines.toString().getBytes(StandardCharsets.UTF_8);
        if (parse().pointCount() != LINES) {
            throw new IllegalStateException("the body is not what was meant");
        }
    }

    private String value(Random random) {
        return switch (values) {
            case "integer" -> random.nextInt(100) + "i";
            case "decimal" -> String.valueOf(random.nextInt(1_000_000) / 10_000.0);
            default -> String.valueOf(random.nextDouble());
        };
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public PointBatch parse() {
        return LineProtocolParser.parse(body, body.length, Precision.NANOSECONDS, 0, batch).points();
    }
}
