package dev.sluice.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings for tests. */
public final class TestSettings {

    private TestSettings() {}

    /** The defaults, changed by pairs of key (without {@code influxdb.}) and value. */
    public static InfluxProperties of(String... keysAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put("influxdb." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("influxdb", InfluxProperties.class);
    }
}
