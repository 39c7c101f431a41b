package dev.sluice.server;

import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of {@code INFLUXDB_} variables that mean nothing. A setting that is mistyped in a file stops the start; a variable
 * may be somebody else's, and InfluxDB ignores those it does not know, but who mistypes {@code INFLUXDB_HTTP_AUTH_ENABLED}
 * should hear of it. Values are never shown. Runs behind the one that hides empty variables.
 */
final class UnknownVariableEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private final Log log;

    UnknownVariableEnvironmentPostProcessor(DeferredLogFactory logs) {
        this.log = logs.getLog(UnknownVariableEnvironmentPostProcessor.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        PropertySource<?> source =
                environment.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        if (source == null || !(source.getSource() instanceof Map<?, ?> variables)) {
            return;
        }
        KnownVariables known = KnownVariables.ofThisService();
        TreeSet<String> unknown = new TreeSet<>();
        for (Object name : variables.keySet()) {
            if (!known.isKnown(String.valueOf(name))) {
                unknown.add(String.valueOf(name));
            }
        }
        for (String name : unknown) {
            String hint = known.closest(name)
                    .map(closest -> "; the closest one is " + closest)
                    .orElse("");
            log.warn("The variable " + name + " has no effect: there is no such setting" + hint);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
