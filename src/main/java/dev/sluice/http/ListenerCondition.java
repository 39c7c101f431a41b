package dev.sluice.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.condition.RequestCondition;

/**
 * Keeps the two listeners apart: what is served on one is an unknown path on the other. Pages for errors are neither's.
 *
 * @param meta whether the routes are the meta API's
 */
record ListenerCondition(boolean meta) implements RequestCondition<ListenerCondition> {

    @Override
    public ListenerCondition combine(ListenerCondition other) {
        return other;
    }

    @Override
    public @Nullable ListenerCondition getMatchingCondition(HttpServletRequest request) {
        boolean onMeta = request.getAttribute(MetaRoute.ATTRIBUTE) != null;
        return onMeta == meta || request.getDispatcherType() == DispatcherType.ERROR ? this : null;
    }

    @Override
    public int compareTo(ListenerCondition other, HttpServletRequest request) {
        return 0;
    }
}
