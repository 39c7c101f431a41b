package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the {@link RouteAccess} of the controller that will serve a request, by asking the same mappings in the same
 * order as the dispatcher will. So there is no second list of paths that could differ from the first.
 */
final class RouteAccessLookup {

    /** Late, because the mappings know the controllers and are made after the filters. */
    private final SingletonSupplier<List<HandlerMapping>> mappings;

    RouteAccessLookup(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
    }

    /** What the request's route asks for. In doubt, an admin. */
    Access find(HttpServletRequest request) {
        if (HttpMethod.OPTIONS.matches(request.getMethod())) {
            return Access.OPEN;
        }
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        try {
            for (HandlerMapping mapping : mappings.obtain()) {
                HandlerExecutionChain found = mapping.getHandler(request);
                if (found != null) {
                    return accessOf(found.getHandler());
                }
            }
            return Access.OPEN;
        } catch (HttpRequestMethodNotSupportedException wrongMethod) {
            return Access.OPEN;
        } catch (Exception undecided) {
            // Whatever keeps a mapping from an answer now keeps it from one later; until then the door stays shut.
            return Access.ADMIN;
        }
    }

    private static Access accessOf(Object handler) {
        if (!(handler instanceof HandlerMethod controller)) {
            return Access.ADMIN;
        }
        RouteAccess access = controller.getMethodAnnotation(RouteAccess.class);
        if (access == null) {
            access = AnnotatedElementUtils.findMergedAnnotation(controller.getBeanType(), RouteAccess.class);
        }
        return access == null ? Access.ADMIN : access.value();
    }
}
