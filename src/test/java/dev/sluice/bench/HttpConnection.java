package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept alive, of just as much HTTP/1.1 as a load needs: on two cores, a client that does more takes
 * the processor from the server it measures. Used by one thread.
 */
final class HttpConnection implements Closeable {

    private final Target target;
    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int limit;

    /** An answer. */
    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    HttpConnection(Target target) throws IOException {
        this(target, null);
    }

    /** A connection from one of this machine's addresses; null for any. */
    HttpConnection(Target target, @Nullable InetAddress from) throws IOException {
        this.target = target;
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.setTcpNoDelay(true);
        socket.connect(target.address());
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    Answer get(String path) throws IOException {
        return send("GET", path, new byte[0], null);
    }

    Answer post(String path, byte[] body, @Nullable String contentEncoding) throws IOException {
        return send("POST", path, body, contentEncoding);
    }

    private Answer send(String method, String path, byte[] body, @Nullable String contentEncoding) throws IOException {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.address().getHostString())
                .append("\r\n");
        if (target.authorization() != null) {
            head.append("Authorization: ").append(target.authorization()).append("\r\n");
        }
        if (contentEncoding != null) {
            head.append("Content-Encoding: ").append(contentEncoding).append("\r\n");
        }
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body.length > 0) {
            out.write(body);
        }
        return receive();
    }

    private Answer receive() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).trim());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (chunked) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                copy(size, body);
                line();
            }
            line();
        } else if (length > 0) {
            copy(length, body);
        }
        return new Answer(status, body.toByteArray());
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().trim(), 16);
    }

    private void copy(long size, ByteArrayOutputStream body) throws IOException {
        for (long left = size; left > 0; ) {
            fill();
            int n = (int) Math.min(left, limit - position);
            body.write(buffer, position, n);
            position += n;
            left -= n;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            fill();
            int b = buffer[position++];
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
    }

    private void fill() throws IOException {
        while (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                throw new EOFException(target.name() + " closed the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
