package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.server.InfluxProperties.IndexVersion;
import dev.sluice.server.InfluxProperties.LogFormat;
import dev.sluice.server.InfluxProperties.LogLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class InfluxPropertiesTests {

    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Test
    void defaultsAreThoseOfInfluxdbConfExceptForTheFolders() {
        InfluxProperties settings = TestSettings.of();

        assertThat(settings.meta().dir()).isEqualTo("./data/meta");
        assertThat(settings.data().dir()).isEqualTo("./data/data");
        assertThat(settings.data().walDir()).isEqualTo("./data/wal");
        assertThat(settings.data().indexVersion()).isEqualTo(IndexVersion.INMEM);
        assertThat(settings.data().cacheMaxMemorySize().bytes()).isEqualTo(1L << 30);
        assertThat(settings.data().maxSeriesPerDatabase()).isEqualTo(1_000_000);
        assertThat(settings.coordinator().writeTimeout().toDuration()).hasSeconds(10);
        assertThat(settings.retention().checkInterval().toDuration()).hasMinutes(30);
        assertThat(settings.shardPrecreation().advancePeriod().toDuration()).hasMinutes(30);
        assertThat(settings.monitor().storeDatabase()).isEqualTo("_internal");
        assertThat(settings.http().bindAddress()).isEqualTo(new BindAddress("", 8086));
        assertThat(settings.http().authEnabled()).isFalse();
        assertThat(settings.http().sharedSecret().isEmpty()).isTrue();
        assertThat(settings.http().maxBodySize().bytes()).isEqualTo(25_000_000);
        assertThat(settings.http().enqueuedWriteTimeout().nanos()).isEqualTo(30_000_000_000L);
        assertThat(settings.http().accessLogStatusFilters()).isEmpty();
        assertThat(settings.http().headers()).isEmpty();
        assertThat(settings.logging().format()).isEqualTo(LogFormat.AUTO);
        assertThat(settings.logging().level()).isEqualTo(LogLevel.INFO);
        assertThat(settings.subscriber().writeConcurrency()).isEqualTo(40);
        assertThat(settings.continuousQueries().runInterval().toDuration()).hasSeconds(1);
        assertThat(settings.tls().advancedExpiration().toDuration()).hasDays(5);
        assertThat(settings.tls().protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    }

    @Test
    void environmentVariablesOfInfluxDbBind() {
        InfluxProperties settings = bindVariables(Map.ofEntries(
                Map.entry("INFLUXDB_REPORTING_DISABLED", "true"),
                Map.entry("INFLUXDB_BIND_ADDRESS", "127.0.0.1:9088"),
                Map.entry("INFLUXDB_META_DIR", "/m"),
                Map.entry("INFLUXDB_META_RETENTION_AUTOCREATE", "false"),
                Map.entry("INFLUXDB_DATA_DIR", "/d"),
                Map.entry("INFLUXDB_DATA_WAL_DIR", "/w"),
                Map.entry("INFLUXDB_DATA_WAL_FSYNC_DELAY", "5ms"),
                Map.entry("INFLUXDB_DATA_INDEX_VERSION", "tsi1"),
                Map.entry("INFLUXDB_DATA_CACHE_MAX_MEMORY_SIZE", "2G"),
                Map.entry("INFLUXDB_COORDINATOR_MAX_SELECT_POINT", "7"),
                Map.entry("INFLUXDB_SHARD_PRECREATION_ENABLED", "false"),
                Map.entry("INFLUXDB_HTTP_AUTH_ENABLED", "TRUE"),
                Map.entry("INFLUXDB_HTTP_SHARED_SECRET", "a=b, c"),
                Map.entry("INFLUXDB_HTTP_BIND_ADDRESS", "[::1]:9086"),
                Map.entry("INFLUXDB_HTTP_ACCESS_LOG_STATUS_FILTERS", "404,5XX"),
                Map.entry("INFLUXDB_HTTP_ENQUEUED_WRITE_TIMEOUT", "1000"),
                Map.entry("INFLUXDB_LOGGING_FORMAT", "logfmt"),
                Map.entry("INFLUXDB_CONTINUOUS_QUERIES_RUN_INTERVAL", "10s"),
                Map.entry("INFLUXDB_TLS_MIN_VERSION", "tls1.3")));

        assertThat(settings.reportingDisabled()).isTrue();
        assertThat(settings.bindAddress().port()).isEqualTo(9088);
        assertThat(settings.meta().dir()).isEqualTo("/m");
        assertThat(settings.meta().retentionAutocreate()).isFalse();
        assertThat(settings.data().dir()).isEqualTo("/d");
        assertThat(settings.data().walDir()).isEqualTo("/w");
        assertThat(settings.data().walFsyncDelay().nanos()).isEqualTo(5_000_000);
        assertThat(settings.data().indexVersion()).isEqualTo(IndexVersion.TSI1);
        assertThat(settings.data().cacheMaxMemorySize().bytes()).isEqualTo(2L << 30);
        assertThat(settings.coordinator().maxSelectPoint()).isEqualTo(7);
        assertThat(settings.shardPrecreation().enabled()).isFalse();
        assertThat(settings.http().authEnabled()).isTrue();
        assertThat(settings.http().sharedSecret().value()).isEqualTo("a=b, c");
        assertThat(settings.http().bindAddress()).isEqualTo(new BindAddress("::1", 9086));
        assertThat(settings.http().accessLogStatusFilters()).isEqualTo(List.of("404", "5XX"));
        assertThat(settings.http().enqueuedWriteTimeout().nanos()).isEqualTo(1000);
        assertThat(settings.logging().format()).isEqualTo(LogFormat.LOGFMT);
        assertThat(settings.continuousQueries().runInterval().toDuration()).hasSeconds(10);
        assertThat(settings.tls().protocols()).containsExactly("TLSv1.3");
    }

    @Test
    void variablesOfTheContainerImageAndUnknownOnesAreNotSettings() {
        InfluxProperties settings = bindVariables(Map.of(
                "INFLUXDB_DB",
                "d",
                "INFLUXDB_USER",
                "u",
                "INFLUXDB_USER_PASSWORD",
                "p",
                "INFLUXDB_READ_USER",
                "r",
                "INFLUXDB_ADMIN_USER",
                "a",
                "INFLUXDB_GRAPHITE_0_ENABLED",
                "true",
                "INFLUXDB_VERSION",
                "1.8.10"));

        assertThat(settings).isEqualTo(TestSettings.of());
    }

    @Test
    void secretsDoNotPrint() {
        assertThat(TestSettings.of("http.shared-secret", "hush").toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INFLUXDB_HTTP_AUTH_ENABLED|maybe|influxdb.http.auth-enabled|true or false.",
                "INFLUXDB_HTTP_MAX_ROW_LIMIT|many|influxdb.http.max-row-limit|a whole number from 0 to 2147483647.",
                "INFLUXDB_HTTP_BIND_ADDRESS|8086|influxdb.http.bind-address|an address with a port from 0 to 65535,",
                "INFLUXDB_DATA_WAL_FSYNC_DELAY|10|influxdb.data.wal-fsync-delay|a duration such as 10s,",
                "INFLUXDB_DATA_CACHE_MAX_MEMORY_SIZE|1 TB|influxdb.data.cache-max-memory-size|a number of bytes,",
                "INFLUXDB_DATA_INDEX_VERSION|tsi2|influxdb.data.index-version|inmem, tsi1.",
                "INFLUXDB_LOGGING_LEVEL|loud|influxdb.logging.level|error, warn, info, debug.",
                "INFLUXDB_COORDINATOR_MAX_SELECT_POINT|1e3|influxdb.coordinator.max-select-point|a whole number from",
                "INFLUXDB_HTTP_ENQUEUED_WRITE_TIMEOUT|1x|influxdb.http.enqueued-write-timeout|a whole number of nano",
            })
    void wrongFormIsExplained(String variable, String value, String key, String allowed) {
        FailureAnalysis analysis = analyze(catchThrowable(() -> bindVariables(Map.of(variable, value))));

        assertThat(analysis.getDescription())
                .startsWith(key + " cannot be '" + value + "' (")
                .contains("\"" + variable + "\"");
        assertThat(analysis.getAction()).startsWith("Allowed: " + allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.dir|' '|the path of a directory.",
                "data.max-series-per-database|-1|0 or a greater whole number.",
                "coordinator.max-select-buckets|-5|0 or a greater whole number.",
                "retention.check-interval|0|a duration greater than 0, such as 30m.",
                "shard-precreation.advance-period|0|a duration greater than 0, such as 30m.",
                "monitor.store-interval|0|a duration greater than 0, such as 30m.",
                "http.max-row-limit|-1|0 or a greater whole number.",
                "http.access-log-status-filters|X04|statuses such as 404, 40X or 5XX.",
                "http.unix-socket-permissions|rwx|octal permissions such as 0777.",
                "subscriber.write-concurrency|0|1 or a greater whole number.",
                "continuous-queries.run-interval|0|a duration greater than 0, such as 30m.",
                "tls.min-version|ssl3|tls1.0, tls1.1, tls1.2, tls1.3.",
                "tls.max-version|tls1.1|tls1.2 or tls1.3.",
            })
    void valueOutOfRangeIsExplained(String key, String value, String allowed) {
        FailureAnalysis analysis = analyze(catchThrowable(() -> TestSettings.of(key, value)));

        assertThat(analysis.getDescription()).isEqualTo("influxdb." + key + " cannot be '" + value + "'.");
        assertThat(analysis.getAction()).isEqualTo("Allowed: " + allowed);
    }

    @Test
    void otherFailuresAreLeftToOthers() {
        assertThat(new InvalidSettingFailureAnalyzer().analyze(new IllegalStateException("influxdb")))
                .isNull();
    }

    @Test
    void wrongValueStopsTheStartWithTheReason(CapturedOutput output) {
        assertThat(catchThrowable(() -> start("--influxdb.http.max-body-size=huge")))
                .isNotNull();

        assertThat(output).contains("influxdb.http.max-body-size cannot be 'huge'", "Allowed: a number of bytes");
    }

    @Test
    void unknownKeyStopsTheStart(CapturedOutput output) {
        Throwable failure = catchThrowable(() ->
                start(new MapPropertySource("file", Map.of("influxdb.meta.retention-autocraete", "true")), Map.of()));

        assertThat(failure).isNotNull();
        assertThat(output).contains("There is no such setting", "influxdb.meta.retention-autocraete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"127.0.0.1:9086|9086|127.0.0.1", "[::1]:9086|9086|::1", ":9086|9086|", "''|8086|"})
    void bindAddressBecomesTheServersAddress(String configured, String port, String address) {
        try (ConfigurableApplicationContext context =
                start(new MapPropertySource("none", Map.of()), Map.of("INFLUXDB_HTTP_BIND_ADDRESS", configured))) {
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo(port);
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo(address);
        }
    }

    @Test
    void serverPortWinsOverBindAddress() {
        try (ConfigurableApplicationContext context =
                start("--influxdb.http.bind-address=127.0.0.1:9086", "--server.port=9999")) {
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("9999");
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void emptyVariablesAreIgnored() {
        try (ConfigurableApplicationContext context = start(
                new MapPropertySource("none", Map.of()),
                Map.of("INFLUXDB_META_DIR", "", "INFLUXDB_HTTP_AUTH_ENABLED", "", "OTHER", ""))) {
            InfluxProperties settings = context.getBean(InfluxProperties.class);

            assertThat(settings.meta().dir()).isEqualTo("./data/meta");
            assertThat(settings.http().authEnabled()).isFalse();
            assertThat(context.getEnvironment().getProperty("OTHER")).isEmpty();
        }
    }

    @Test
    void httpsKeysBecomeTheServersTls(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.generate(folder, "EC");
        Path both = Files.writeString(
                folder.resolve("both.pem"), certificate.certificatePem() + certificate.privateKeyPem());
        try (ConfigurableApplicationContext context = start(
                "--influxdb.http.https-enabled=true",
                "--influxdb.http.https-certificate=" + both,
                "--influxdb.tls.min-version=tls1.3")) {
            ConfigurableEnvironment environment = context.getEnvironment();

            assertThat(environment.getProperty("server.ssl.certificate")).isEqualTo("file:" + both);
            assertThat(environment.getProperty("server.ssl.certificate-private-key"))
                    .isEqualTo("file:" + both);
            assertThat(environment.getProperty("server.ssl.enabled-protocols")).isEqualTo("TLSv1.3");
        }
    }

    private static InfluxProperties bindVariables(Map<String, Object> variables) {
        return new Binder(ConfigurationPropertySources.from(new SystemEnvironmentPropertySource(VARIABLES, variables)))
                .bindOrCreate("influxdb", InfluxProperties.class);
    }

    private static FailureAnalysis analyze(Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(new InvalidSettingFailureAnalyzer().analyze(failure));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return application().run(arguments);
    }

    private static ConfigurableApplicationContext start(MapPropertySource file, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        Map<String, Object> all = new LinkedHashMap<>(environment.getSystemEnvironment());
        all.putAll(variables);
        environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, all));
        environment.getPropertySources().addLast(file);
        SpringApplication application = application();
        application.setEnvironment(environment);
        return application.run();
    }

    private static SpringApplication application() {
        return new SpringApplicationBuilder(SettingsConfiguration.class)
                .web(WebApplicationType.NONE)
                .build();
    }
}
