package dev.sluice.subscription;

import dev.sluice.lineprotocol.PointLines;
import java.io.IOException;

/** Where a subscription sends points. Safe for use by many threads. */
interface Destination {

    /**
     * Sends points and returns when they have arrived, as far as the protocol tells.
     *
     * @param database they were written to
     * @param retentionPolicy they were written to
     * @throws IOException when they have not
     */
    void send(String database, String retentionPolicy, PointLines lines) throws IOException, InterruptedException;
}
