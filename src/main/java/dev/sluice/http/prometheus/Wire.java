package dev.sluice.http.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tags of fields as they stand in a message: the field's number and how it is written. */
final class Wire {

    /** Field 1 or 2 when it is a message or a string. */
    static final int MESSAGE_1 = of(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    static final int MESSAGE_2 = of(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    static final int MESSAGE_3 = of(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private Wire() {}

    /**
     * Reads a string, which has to be UTF-8. Not by the library, see {@link MessageBuffer}.
     *
     * @throws MalformedMessageException when it is not
     */
    static String readString(CodedInputStream in) throws IOException, MalformedMessageException {
        byte[] utf8 = in.readByteArray();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedMessageException("proto: a string is not UTF-8");
        }
    }

    static int of(int field, int wireType) {
        return field << 3 | wireType;
    }
}
