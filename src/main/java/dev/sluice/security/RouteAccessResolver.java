package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds what the route of a request asks of whoever comes in, see {@link RouteAccess}. Thread-safe. */
final class RouteAccessResolver {

    private final RequestMappingHandlerMapping routes;

    RouteAccessResolver(RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    Access resolve(HttpServletRequest request) {
        if (request.getMethod().equals("OPTIONS")) {
            return Access.OPEN;
        }
        HandlerExecutionChain route;
        ServletRequestPathUtils.parseAndCache(request);
        try {
            route = routes.getHandler(request);
        } catch (Exception noSuchRoute) {
            // A wrong method or media type; the dispatcher finds the same again and answers it.
            return Access.OPEN;
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
        if (route == null || !(route.getHandler() instanceof HandlerMethod method)) {
            return Access.OPEN;
        }
        RouteAccess access = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RouteAccess.class);
        if (access == null) {
            access = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RouteAccess.class);
        }
        return access == null ? Access.ADMIN : access.value();
    }
}
