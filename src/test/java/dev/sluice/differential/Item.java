package dev.sluice.differential;

import java.util.List;

/**
 * Some requests that belong together: usually one; where something is changed, all that is needed to see what became of it.
 *
 * @param kind what they are about
 * @param requests sent one after the other
 */
record Item(Kind kind, List<Request> requests) {

    static Item of(Kind kind, Request request) {
        return new Item(kind, List.of(request));
    }
}
