package dev.sluice.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * MessagePack as a text that shows all that matters to a reader: types, values, and the order of the members of an object.
 * Only tags are sorted, which the reference writes in the order of a hash table.
 */
final class MessagePackText {

    private MessagePackText() {}

    /** One line for each value that follows another. */
    static String of(byte[] body) throws IOException {
        StringBuilder text = new StringBuilder();
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(body)) {
            while (in.hasNext()) {
                text.append(value(in, false)).append('\n');
            }
        }
        return text.toString();
    }

    private static String value(MessageUnpacker in, boolean sorted) throws IOException {
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield "null";
            }
            case BOOLEAN -> Boolean.toString(in.unpackBoolean());
            case INTEGER -> in.unpackBigInteger().toString();
            case FLOAT -> in.unpackDouble() + "f";
            case STRING -> '"' + in.unpackString() + '"';
            case BINARY -> "binary " + HexFormat.of().formatHex(in.readPayload(in.unpackBinaryHeader()));
            case ARRAY -> list(in);
            case MAP -> map(in, sorted);
            case EXTENSION -> {
                ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
                yield "extension " + header.getType() + ' '
                        + HexFormat.of().formatHex(in.readPayload(header.getLength()));
            }
        };
    }

    private static String list(MessageUnpacker in) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = in.unpackArrayHeader(); i > 0; i--) {
            elements.add(value(in, false));
        }
        return '[' + String.join(",", elements) + ']';
    }

    private static String map(MessageUnpacker in, boolean sorted) throws IOException {
        List<String> members = new ArrayList<>();
        for (int i = in.unpackMapHeader(); i > 0; i--) {
            String key = in.unpackString();
            members.add('"' + key + "\":" + value(in, key.equals("tags")));
        }
        return '{' + String.join(",", sorted ? members.stream().sorted().toList() : members) + '}';
    }
}
