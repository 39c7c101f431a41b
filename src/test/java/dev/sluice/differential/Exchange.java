package dev.sluice.differential;

/**
 * What both servers said to a request, with a way to ask them more about it: what only looks like a difference on purpose
 * often shows in the answer to another question.
 */
final class Exchange {

    /** A server that is asked. */
    @FunctionalInterface
    interface Asked {
        Answer ask(Request request) throws InterruptedException;
    }

    private final Request request;
    private final Answer reference;
    private final Answer ours;
    private final Asked referenceServer;
    private final Asked ourServer;

    /**
     * An exchange that has taken place.
     *
     * @param request that both got
     * @param reference what the reference said
     * @param ours what the service said
     */
    Exchange(Request request, Answer reference, Answer ours, Asked referenceServer, Asked ourServer) {
        this.request = request;
        this.reference = reference;
        this.ours = ours;
        this.referenceServer = referenceServer;
        this.ourServer = ourServer;
    }

    Request request() {
        return request;
    }

    Answer reference() {
        return reference;
    }

    Answer ours() {
        return ours;
    }

    /** The same question asked of both again, answered by one JSON document. Statements that change nothing only. */
    Exchange plain() {
        return request.isPlain() ? this : again(request.plain());
    }

    /** Both asked something else that changes nothing. */
    Exchange again(Request other) {
        return new Exchange(other, ask(referenceServer, other), ask(ourServer, other), referenceServer, ourServer);
    }

    /** As if both had been asked something else that should have said the same: only the reference is asked again. */
    Exchange withReferenceTo(Request other) {
        return new Exchange(other, ask(referenceServer, other), ours, referenceServer, ourServer);
    }

    boolean bothSucceed() {
        return reference.status() == 200 && ours.status() == 200;
    }

    private static Answer ask(Asked server, Request request) {
        try {
            return server.ask(request);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
