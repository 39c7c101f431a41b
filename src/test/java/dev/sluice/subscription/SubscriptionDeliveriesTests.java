package dev.sluice.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.Subscription;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.PointWriter;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.TagSet;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SubscriptionDeliveriesTests {

    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private Catalog catalog;
    private SubscriptionDeliveries deliveries;
    private PointWriter writer;

    /** What the writer behind says to the next write. */
    private RuntimeException outcome;

    @BeforeEach
    void open() throws Exception {
        catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
        catalog.createDatabase("d", null);
        open(1000);
    }

    private void open(int bufferSize) throws Exception {
        deliveries = new SubscriptionDeliveries(
                catalog, new SubscriptionOptions(Duration.ofSeconds(5), 1, bufferSize, SSLContext.getDefault()));
        writer = new ForwardingPointWriter(
                (database, policy, points) -> {
                    if (outcome != null) {
                        throw outcome;
                    }
                },
                catalog,
                deliveries);
    }

    @AfterEach
    void close() {
        release.countDown();
        deliveries.close();
        servers.forEach(server -> server.stop(0));
    }

    /** A server that notes what it gets; returns its port. */
    private int server(BlockingQueue<String> got, int status, boolean waiting) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent") + " " + body);
            if (waiting) {
                try {
                    release.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private void subscribe(String name, String mode, String... urls) {
        catalog.createSubscription("d", "autogen", new Subscription(name, mode, List.of(urls)));
    }

    private void write(String measurement) {
        PointBatch points = new PointBatch();
        points.addField("v", FieldType.INTEGER, 1);
        points.endPoint(new SeriesKey(measurement, TagSet.of(Map.of("h", "a"))), 5);
        points.addField("v", FieldType.INTEGER, 2);
        points.endPoint(new SeriesKey(measurement, TagSet.of(Map.of("h", "b"))), 6);
        writer.write("d", "", points);
    }

    @Test
    void allWhenHttpThenEachDestinationGetsEachBatch() throws Exception {
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        subscribe(
                "s",
                "ALL",
                "http://joe:p%20w@127.0.0.1:" + server(first, 204, false) + "/base",
                "http://127.0.0.1:" + server(second, 204, false));
        write("m");

        assertThat(first.poll(10, TimeUnit.SECONDS))
                .isEqualTo(
                        "POST /base/write?consistency=&db=d&precision=ns&rp=autogen Basic am9lOnAgdw== InfluxDBClient"
                                + " m,h=a v=1i 5\nm,h=b v=2i 6\n");
        assertThat(second.poll(10, TimeUnit.SECONDS)).startsWith("POST /write?").endsWith("v=2i 6\n");
        Awaitility.await()
                .untilAsserted(() -> assertThat(deliveries.statistics())
                        .hasSize(2)
                        .allSatisfy(
                                figures -> assertThat(figures.pointsWritten()).isEqualTo(2)));
    }

    @Test
    void anyWhenADestinationFailsThenTheOtherGetsTheBatch() throws Exception {
        BlockingQueue<String> broken = new LinkedBlockingQueue<>();
        BlockingQueue<String> healthy = new LinkedBlockingQueue<>();
        subscribe(
                "s",
                "ANY",
                "http://127.0.0.1:" + server(broken, 500, false),
                "http://127.0.0.1:" + server(healthy, 204, false));
        write("m0");
        write("m1");
        write("m2");

        for (int i = 0; i < 3; i++) {
            assertThat(healthy.poll(10, TimeUnit.SECONDS)).contains("m" + i + ",h=a");
        }
        assertThat(healthy.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(broken).hasSize(2);
    }

    @Test
    void udpSendsADatagramForEachPoint() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            subscribe("s", "ALL", "udp://127.0.0.1:" + socket.getLocalPort());
            write("m");
            assertThat(receive(socket)).isEqualTo("m,h=a v=1i 5");
            assertThat(receive(socket)).isEqualTo("m,h=b v=2i 6");
        }
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
        socket.setSoTimeout(10_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void offerWhenTheDestinationHangsThenWritesGoOnAndWhatDoesNotFitIsDropped() throws Exception {
        deliveries.close();
        open(3);
        BlockingQueue<String> slow = new LinkedBlockingQueue<>();
        subscribe("s", "ALL", "http://127.0.0.1:" + server(slow, 204, true));
        write("m");
        assertThat(slow.poll(10, TimeUnit.SECONDS)).isNotNull();
        for (int i = 0; i < 5; i++) {
            write("m");
        }
        assertThat(deliveries.droppedCount()).isEqualTo(2);
        release.countDown();
        Awaitility.await().until(() -> slow.size() == 3);
    }

    @Test
    void writeWhenItFailsInPartThenForwardedAndWhenItFailsAsAWholeThenNot() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        subscribe("s", "ALL", "http://127.0.0.1:" + server(got, 204, false));
        outcome = CatalogException.databaseNotFound("d");
        assertThatExceptionOfType(CatalogException.class).isThrownBy(() -> write("lost"));
        outcome = new PartialWriteException("points beyond retention policy", 1);
        assertThatExceptionOfType(PartialWriteException.class).isThrownBy(() -> write("partial"));
        assertThat(got.poll(10, TimeUnit.SECONDS)).contains("partial,h=a");
        assertThat(got).isEmpty();
    }

    @Test
    void offerWhenTheSubscriptionIsDroppedThenNothingIsSentAnyMore() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        subscribe("s", "ALL", "http://127.0.0.1:" + server(got, 204, false));
        write("m");
        assertThat(got.poll(10, TimeUnit.SECONDS)).isNotNull();
        catalog.dropSubscription("d", "autogen", "s");
        write("m");
        assertThat(got.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
