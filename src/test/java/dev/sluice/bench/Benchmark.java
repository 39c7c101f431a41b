package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The benchmark's main program; see {@link Settings#USAGE}. */
public final class Benchmark {

    private static final int SMALL_QUERY_CONNECTIONS = 8;

    private final Settings settings;
    private final List<Server> servers;
    private final Report report;

    private Benchmark(Settings settings) {
        this.settings = settings;
        this.servers = settings.targets().stream().map(Server::new).toList();
        this.report = new Report(servers.stream().map(Server::name).toList());
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + Settings.USAGE);
            System.exit(2);
            return;
        }
        new Benchmark(settings).run();
    }

    private void run() throws IOException, InterruptedException {
        List<byte[]> bodies = CpuData.bodies(settings);
        System.out.printf(
                "%,d series, %,d rows, %,d values; %,d requests of %,d rows over %d connections%n%n",
                settings.scale(),
                settings.rows(),
                settings.values(),
                bodies.size(),
                settings.rowsPerRequest(),
                settings.connections());
        Map<Server, List<Timings>> loads = new HashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Server server : servers) {
                server.reset();
                Timings load = server.load(bodies, settings);
                loads.computeIfAbsent(server, fresh -> new ArrayList<>()).add(load);
                System.out.printf(
                        "%s: loaded in %.1f s, %,.0f values/s%n",
                        server.name(), load.elapsedSeconds(), settings.values() / load.elapsedSeconds());
            }
        }
        bodies.clear();
        servers.forEach(server -> reportLoad(server, loads.get(server)));
        Thread.sleep(settings.settleSeconds() * 1000L);
        if (settings.querySeconds() > 0) {
            query();
        }
        for (Server server : servers) {
            report.bytes("bytes on disk", server.name(), server.bytesOnDisk(), settings.values());
            report.bytes("peak resident memory", server.name(), server.peakResidentBytes(), settings.values());
        }
        report.print(System.out);
    }

    private void reportLoad(Server server, List<Timings> loads) {
        Timings requests = new Timings();
        loads.forEach(requests::addAll);
        double[] seconds =
                loads.stream().mapToDouble(Timings::elapsedSeconds).sorted().toArray();
        report.rate("load, values/s", server.name(), settings.values() / seconds[seconds.length / 2]);
        report.times("write request", server.name(), requests);
    }

    private void query() throws IOException {
        Map<String, String> expected = new HashMap<>();
        Map<String, List<String>> types = QueryTypes.of(settings);
        for (Server server : servers) {
            if (!server.answersQueries()) {
                continue;
            }
            warmUp(server, types.values());
            for (Map.Entry<String, List<String>> type : types.entrySet()) {
                for (String query : type.getValue()) {
                    String answer = server.answer(query);
                    if (!Answers.same(expected.computeIfAbsent(query, first -> answer), answer)) {
                        report.difference(server.name(), type.getKey(), query);
                    }
                }
                report.times(type.getKey(), server.name(), server.askInTurn(type.getValue(), settings.querySeconds()));
            }
            server.ask(QueryTypes.SMALL, SMALL_QUERY_CONNECTIONS, settings.querySeconds());
            Timings small = server.ask(QueryTypes.SMALL, SMALL_QUERY_CONNECTIONS, settings.querySeconds() * 3);
            report.rate("small query, requests/s, 8 connections", server.name(), small.perSecond());
        }
    }

    /** Servers run for weeks: what counts is how they answer once caches are filled and code is compiled. */
    private void warmUp(Server server, Collection<List<String>> types) throws IOException {
        long end = System.nanoTime() + (long) (settings.warmUpSeconds() * 1e9);
        while (System.nanoTime() < end) {
            for (List<String> queries : types) {
                server.askInTurn(queries, 0);
            }
            server.ask(QueryTypes.SMALL, SMALL_QUERY_CONNECTIONS, 0.2);
        }
    }
}
