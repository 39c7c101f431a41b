package dev.sluice.http.prometheus;

import com.google.protobuf.WireFormat;

/** Tags of fields as they stand in a message: the field's number and how it is written. */
final class Wire {

    /** Field 1 or 2 when it is a message or a string. */
    static final int MESSAGE_1 = of(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    static final int MESSAGE_2 = of(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    static final int MESSAGE_3 = of(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private Wire() {}

    static int of(int field, int wireType) {
        return field << 3 | wireType;
    }
}
