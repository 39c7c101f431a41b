package dev.sluice.subscription;

import dev.sluice.lineprotocol.PointLines;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A datagram for each point, without its line feed. Nobody learns whether it arrives. */
final class UdpDestination implements Destination {

    private final String host;
    private final int port;

    UdpDestination(URI url) {
        String name = url.getHost() == null ? "" : url.getHost();
        this.host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        this.port = url.getPort();
    }

    @Override
    public void send(String database, String retentionPolicy, PointLines lines) throws IOException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(host), port);
        byte[] bytes = lines.bytes();
        try (DatagramSocket socket = new DatagramSocket()) {
            int start = 0;
            for (int end : lines.ends()) {
                socket.send(new DatagramPacket(bytes, start, end - start - 1, target));
                start = end;
            }
        }
    }
}
