package dev.sluice.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Hides {@code INFLUXDB_} variables that are set but empty, as InfluxDB does: Compose files pass
 * {@code INFLUXDB_DATA_DIR=} for "not configured". Runs before everything that reads the environment.
 */
final class EmptyVariableEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getPropertySources().get(SOURCE) instanceof SystemEnvironmentPropertySource variables) {
            Map<String, Object> filled = new LinkedHashMap<>(variables.getSource());
            filled.entrySet().removeIf(variable -> isEmptySetting(variable.getKey(), variable.getValue()));
            environment.getPropertySources().replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, filled));
        }
    }

    private static boolean isEmptySetting(String name, Object value) {
        return name.startsWith("INFLUXDB_") && value.toString().isEmpty();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
