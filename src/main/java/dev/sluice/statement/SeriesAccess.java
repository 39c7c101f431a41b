package dev.sluice.statement;

import dev.sluice.model.PointBatch;
import dev.sluice.storage.SeriesView;

/** Which series a caller may touch, beyond what the caller may do with whole databases. For one request. */
public interface SeriesAccess {

    /** All of them. */
    SeriesAccess WHOLE = new SeriesAccess() {
        @Override
        public SeriesView readable() {
            return SeriesView.WHOLE;
        }

        @Override
        public SeriesView removable() {
            return SeriesView.WHOLE;
        }

        @Override
        public void checkWrite(String database, PointBatch points) {
            // Everything may be written.
        }
    };

    /** What the caller may read: the rest is as if it were not there. */
    SeriesView readable();

    /** What the caller may remove, which is what may be both read and written. */
    SeriesView removable();

    /**
     * Checks that all points may be written, before any of them is.
     *
     * @throws WriteNotAuthorizedException naming the first series that may not
     */
    void checkWrite(String database, PointBatch points);
}
