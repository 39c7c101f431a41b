package dev.sluice.http.prometheus;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/** A body is not what a remote write or read sends; the message is for the client. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message, null, false, false);
    }

    /** What a failure to decode means. Go names the end of a message that is cut short; other texts are the library's. */
    static MalformedMessageException of(IOException malformed) {
        boolean cut = String.valueOf(malformed.getMessage()).contains("ended unexpectedly");
        boolean wire = malformed instanceof InvalidProtocolBufferException;
        return new MalformedMessageException(cut || !wire ? "unexpected EOF" : "proto: " + malformed.getMessage());
    }
}
