package dev.sluice.http;

/**
 * A bucket of InfluxDB 2 as 1.8 and newer read it: {@code database/policy}, or a database alone for its default policy.
 *
 * @param database not empty
 * @param retentionPolicy empty where none is named
 */
record BucketName(String database, String retentionPolicy) {

    /** The text names no bucket; the message says why. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    static BucketName parse(String text) throws MalformedException {
        int slash = text.indexOf('/');
        if (text.isEmpty()) {
            throw new MalformedException(
                    "bucket name \"\" is missing a slash; not in \"database/retention-policy\" format");
        }
        if (slash == 0) {
            throw new MalformedException("bucket name \"" + text + "\" is in db/rp form but has an empty database");
        }
        return slash < 0
                ? new BucketName(text, "")
                : new BucketName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return database + "/" + retentionPolicy;
    }
}
