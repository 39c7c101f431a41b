package dev.sluice.retention;

/** The store has points of something that the catalogue never had: one of the two is not the other's. */
public class ForeignPointsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignPointsException(String what) {
        super("the metadata has never had " + what + ", of which there are points: metadata and points are not of the"
                + " same service, or one of them is older than the other");
    }
}
