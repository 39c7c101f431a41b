package dev.sluice.differential;

/**
 * What a server said.
 *
 * @param status of HTTP; 0 when it said nothing
 * @param type of the content; empty when there is none
 * @param body as text; the reason when the server said nothing
 */
record Answer(int status, String type, String body) {

    @Override
    public String toString() {
        String shown = body.length() > 1_500 ? body.substring(0, 1_500) + "… (" + body.length() + ")" : body;
        return status + " " + type + " " + shown.stripTrailing();
    }
}
