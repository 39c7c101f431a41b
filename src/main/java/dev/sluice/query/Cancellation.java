package dev.sluice.query;

/** Tells running work to stop. */
@FunctionalInterface
public interface Cancellation {

    /** Nobody ever cancels. */
    Cancellation NEVER = () -> {};

    /**
     * Returns when the work may go on. Cheap enough to be called once per batch.
     *
     * @throws QueryException with the text for the client ({@code query interrupted}, {@code query-timeout limit
     *     exceeded}, …) when it may not
     */
    void check();
}
