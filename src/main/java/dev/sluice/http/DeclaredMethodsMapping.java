package dev.sluice.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Routes a HEAD request only where a controller declares HEAD. Spring takes it for a GET wherever that is declared, while
 * InfluxDB answers 405 to {@code HEAD /query}. And keeps the routes of the two listeners apart.
 */
final class DeclaredMethodsMapping extends RequestMappingHandlerMapping {

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
        Set<RequestMethod> declared = info.getMethodsCondition().getMethods();
        if (isHead(request) && !declared.isEmpty() && !declared.contains(RequestMethod.HEAD)) {
            return null;
        }
        return super.getMatchingMapping(info, request);
    }

    /** Not by type: that is only asked of controllers whose type has a mapping. */
    @Override
    protected ListenerCondition getCustomMethodCondition(Method method) {
        return new ListenerCondition(method.getDeclaringClass().isAnnotationPresent(MetaRoute.class));
    }

    @Override
    protected @Nullable HandlerMethod handleNoMatch(
            Set<RequestMappingInfo> all, String lookupPath, HttpServletRequest request) throws ServletException {
        // The other listener's routes are no reason for a 405.
        Set<RequestMappingInfo> infos = all.stream()
                .filter(info -> info.getCustomCondition() == null
                        || info.getCustomCondition().getMatchingCondition(request) != null)
                .collect(Collectors.toSet());
        if (isHead(request) || HttpMethod.OPTIONS.matches(request.getMethod())) {
            Set<String> declared = new TreeSet<>();
            for (RequestMappingInfo info : infos) {
                PathPatternsRequestCondition path = info.getPathPatternsCondition();
                if (path != null && path.getMatchingCondition(request) != null) {
                    info.getMethodsCondition().getMethods().forEach(method -> declared.add(method.name()));
                }
            }
            if (!declared.isEmpty()) {
                throw new HttpRequestMethodNotSupportedException(request.getMethod(), declared);
            }
        }
        return super.handleNoMatch(infos, lookupPath, request);
    }

    private static boolean isHead(HttpServletRequest request) {
        return HttpMethod.HEAD.matches(request.getMethod());
    }
}
