package dev.sluice.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a server said.
 *
 * @param status of HTTP; 0 when it said nothing
 * @param type of the content; empty when there is none
 * @param body as text, MessagePack as {@link MessagePackText} writes it; the reason when the server said nothing
 */
record Answer(int status, String type, String body) {

    /** An answer as it came over the wire. */
    static Answer of(int status, String type, byte[] body) {
        if (!type.equals("application/x-msgpack")) {
            return new Answer(status, type, new String(body, StandardCharsets.UTF_8));
        }
        try {
            return new Answer(status, type, MessagePackText.of(body));
        } catch (IOException notMessagePack) {
            throw new UncheckedIOException(notMessagePack);
        }
    }

    /** Stands for no answer at all. */
    static Answer silence(IOException reason) {
        return new Answer(0, "", reason.toString());
    }

    /** Whether the server said nothing: it has died, or computes for ever. */
    boolean isSilence() {
        return status == 0;
    }

    boolean isJson() {
        return type.equals("application/json");
    }

    @Override
    public String toString() {
        String shown = body.length() > 1_500 ? body.substring(0, 1_500) + "… (" + body.length() + ")" : body;
        return status + " " + type + " " + shown.stripTrailing();
    }
}
