package dev.sluice.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says of a setting that stops the start which key it is, what its value was, where it came from and what is allowed.
 * Boot's own text names Java types instead. Has no constructor arguments because it must also work when the environment
 * itself could not be prepared.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingFailureAnalyzer implements FailureAnalyzer {

    private static final String PREFIX = "influxdb";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        InvalidSettingException invalid = find(failure, InvalidSettingException.class);
        if (invalid != null) {
            return analysis(invalid.key(), invalid.value(), null, invalid.allowed(), failure);
        }
        BindException binding = find(failure, BindException.class);
        if (binding == null || !binding.getName().toString().startsWith(PREFIX)) {
            return null;
        }
        UnboundConfigurationPropertiesException unbound = find(binding, UnboundConfigurationPropertiesException.class);
        if (unbound != null) {
            return unknownKeys(unbound, failure);
        }
        ConfigurationProperty property = binding.getProperty();
        if (property == null) {
            return null;
        }
        return analysis(
                property.getName().toString(),
                String.valueOf(property.getValue()),
                property.getOrigin(),
                allowed(binding),
                failure);
    }

    private static FailureAnalysis unknownKeys(UnboundConfigurationPropertiesException unbound, Throwable failure) {
        String keys = unbound.getUnboundProperties().stream()
                .map(property -> property.getName() + origin(property.getOrigin()))
                .collect(Collectors.joining("\n    "));
        return new FailureAnalysis(
                "There is no such setting:\n\n    " + keys,
                "Correct or remove it. The settings are those of influxdb.conf: [http] auth-enabled is"
                        + " influxdb.http.auth-enabled.",
                failure);
    }

    private static FailureAnalysis analysis(
            String key, String value, @Nullable Origin origin, String allowed, Throwable failure) {
        return new FailureAnalysis(
                key + " cannot be '" + value + "'" + origin(origin) + ".", "Allowed: " + allowed + ".", failure);
    }

    private static String origin(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    private static String allowed(BindException binding) {
        Class<?> type = Objects.requireNonNull(binding.getTarget().getType().resolve(Object.class));
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number from 0 to " + Integer.MAX_VALUE;
        }
        if (type == long.class || type == Long.class) {
            return "a whole number from 0 to " + Long.MAX_VALUE;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        // The types of this package say it themselves.
        IllegalArgumentException refusal = find(binding, IllegalArgumentException.class);
        return refusal == null ? "see the documentation" : String.valueOf(refusal.getMessage());
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
