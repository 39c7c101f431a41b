package dev.sluice.differential;

import java.io.IOException;
import java.io.PrintWriter;

/** Sends items to both servers, judges each answer, and reports what is not equal. */
final class Trial {

    private static final int DIFFERENCES_ON_CONSOLE = 10;

    private final long seed;
    private final Server ours;
    private final PrintWriter report;
    private int shown;

    /**
     * A trial of a service that runs.
     *
     * @param seed named in reports
     * @param ours the service
     * @param report of what is not equal
     */
    Trial(long seed, Server ours, PrintWriter report) {
        this.seed = seed;
        this.ours = ours;
        this.report = report;
    }

    /**
     * Asks everything that belongs to an item, until the servers have different data. Where the reference says nothing, it
     * is started again.
     *
     * @return the worst that was seen
     */
    Verdict judge(Item item, long number, ReferenceProcess reference) throws IOException, InterruptedException {
        Verdict worst = Verdict.EQUAL;
        boolean ghosts = false;
        for (Request request : item.requests()) {
            Answer expected = reference.ask(request);
            Answer answer = ours.ask(request);
            if (expected.isSilence()) {
                tell(item, number, request, expected, answer, "the reference did not answer and was started again");
                reference.restart();
                return Verdict.UNANSWERED;
            }
            Exchange exchange = new Exchange(request, expected, answer, reference::ask, ours::ask);
            Verdict step = Comparison.judge(exchange);
            if (step.outcome() == Verdict.Outcome.DIFFERENT
                    && ghosts
                    && request.asks("SHOW FIELD KEYS")
                    && GhostSeries.leaveFieldsOf(exchange)) {
                step = Verdict.refusedPoints();
            }
            if (step.outcome() == Verdict.Outcome.DIFFERENT) {
                tell(item, number, request, expected, answer, "different");
                return step;
            }
            if (step.outcome() != Verdict.Outcome.EQUAL) {
                worst = step;
            }
            if (!step.comparable()) {
                return worst;
            }
            if (GhostSeries.mayBeLeftBy(answer) && !request.isQuery()) {
                ghosts = true;
                worst = Verdict.refusedPoints();
                if (!withoutGhosts(request, reference)) {
                    return worst;
                }
            }
        }
        return worst;
    }

    private boolean withoutGhosts(Request request, ReferenceProcess reference) throws InterruptedException {
        return new GhostSeries(reference::ask, ours::ask)
                .remove(request.parameters().getOrDefault("db", ""), request);
    }

    private void tell(Item item, long number, Request request, Answer expected, Answer answer, String what) {
        StringBuilder before = new StringBuilder();
        for (Request earlier : item.requests().subList(0, item.requests().indexOf(request))) {
            before.append(String.format("  after %s%n", earlier));
        }
        String text = String.format(
                "%s, seed %d, item %d: %s%n%s  %s%n  influxd %s%n  sluice  %s%n",
                item.kind(), seed, number, what, before, request, expected, answer);
        report.println(text);
        report.flush();
        if (shown++ < DIFFERENCES_ON_CONSOLE) {
            System.out.println(text);
        }
    }
}
