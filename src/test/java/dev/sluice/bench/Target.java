package dev.sluice.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A server to be measured.
 *
 * @param authorization value of the header of that name; null for none
 * @param processId its process; 0 when it is not known
 * @param directory of its data; null when it is not known
 * @param answersQueries whether it speaks InfluxQL
 */
record Target(
        String name,
        InetSocketAddress address,
        @Nullable String authorization,
        long processId,
        @Nullable Path directory,
        boolean answersQueries) {

    /** The same server for somebody else. */
    Target withAuthorization(String other) {
        return new Target(name, address, other, processId, directory, answersQueries);
    }

    /** Reads {@code NAME=URL[,key=value ...]}. */
    static Target parse(String text) {
        String[] parts = text.split(",");
        int equals = parts[0].indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("a server is NAME=URL, not " + text);
        }
        URI url = URI.create(parts[0].substring(equals + 1));
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("not the URL of a server: " + parts[0].substring(equals + 1));
        }
        String authorization = null;
        long processId = 0;
        Path directory = null;
        boolean answersQueries = true;
        for (int i = 1; i < parts.length; i++) {
            String value = parts[i].substring(parts[i].indexOf('=') + 1);
            switch (parts[i].substring(0, parts[i].length() - value.length())) {
                case "pid=" -> processId = Long.parseLong(value);
                case "dir=" -> directory = Path.of(value);
                case "user=" ->
                    authorization =
                            "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
                case "token=" -> authorization = "Bearer " + value;
                case "queries=" -> answersQueries = !value.equals("no");
                default -> throw new IllegalArgumentException("a server has no key " + parts[i]);
            }
        }
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return new Target(
                parts[0].substring(0, equals),
                new InetSocketAddress(url.getHost(), port),
                authorization,
                processId,
                directory,
                answersQueries);
    }
}
