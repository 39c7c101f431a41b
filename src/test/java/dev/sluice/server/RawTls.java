package dev.sluice.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** Says hello in versions and ciphers that the JDK's own client would not offer. */
final class RawTls {

    static final int TLS_1_0 = 0x0301;
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;

    private RawTls() {}

    /**
     * What a server answers to an offer: {@code accepted}, {@code alert} with its number, or {@code closed}.
     *
     * @param version the newest that is offered
     * @param ciphers by their numbers
     */
    static String offer(int port, int version, int... ciphers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello(version, ciphers));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readUnsignedShort();
            in.readUnsignedShort();
            int first = in.readUnsignedByte();
            if (type == HANDSHAKE) {
                return "accepted";
            }
            return type == ALERT ? "alert " + (first == 2 ? in.readUnsignedByte() : -1) : "type " + type;
        } catch (EOFException | SocketException closed) {
            return "closed";
        }
    }

    private static byte[] hello(int version, int... ciphers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(version);
        out.write(new byte[32]);
        out.writeByte(0);
        out.writeShort(ciphers.length * 2);
        for (int cipher : ciphers) {
            out.writeShort(cipher);
        }
        out.write(new byte[] {1, 0});
        byte[] extensions = extensions(version);
        out.writeShort(extensions.length);
        out.write(extensions);

        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(record);
        framed.writeByte(HANDSHAKE);
        framed.writeShort(TLS_1_0);
        framed.writeShort(body.size() + 4);
        framed.writeInt(1 << 24 | body.size());
        body.writeTo(framed);
        return record.toByteArray();
    }

    /** The curve P-256, uncompressed points, and from 1.2 on signatures by ECDSA and RSA. */
    private static byte[] extensions(int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {0, 10, 0, 4, 0, 2, 0, 23});
        out.write(new byte[] {0, 11, 0, 2, 1, 0});
        if (version >= TLS_1_2) {
            out.write(new byte[] {0, 13, 0, 10, 0, 8, 4, 3, 4, 1, 2, 3, 2, 1});
        }
        return bytes.toByteArray();
    }
}
