package dev.sluice.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.TreeSet;
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
 * InfluxDB answers 405 to {@code HEAD /query}.
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

    @Override
    protected @Nullable HandlerMethod handleNoMatch(
            Set<RequestMappingInfo> infos, String lookupPath, HttpServletRequest request) throws ServletException {
        if (isHead(request)) {
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
