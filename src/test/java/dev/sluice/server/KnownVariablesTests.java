package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class KnownVariablesTests {

    private final KnownVariables known = KnownVariables.ofThisService();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INFLUXDB_HTTP_AUTH_ENABLED",
                "INFLUXDB_HTTP_AUTHENABLED",
                "influxdb_http_auth_enabled",
                "INFLUXDB_BIND_ADDRESS",
                "INFLUXDB_CONTINUOUS_QUERIES_RUN_INTERVAL",
                "INFLUXDB_CONTINUOUSQUERIES_RUNINTERVAL",
                "INFLUXDB_DATA_WAL_FSYNC_DELAY",
                "INFLUXDB_AUDIT_PATH",
                "INFLUXDB_LOGIN_LOCK_OUT",
                "INFLUXDB_OIDC_ISSUER_URI",
                "INFLUXDB_LDAP_ENABLED",
                "INFLUXDB_LDAP_SERVERS_0_BIND_PASSWORD",
                "INFLUXDB_LIMITS_DEFAULTS_MAX_SELECT_POINT",
                "INFLUXDB_LIMITS_USERS_JOE_MAX_SELECT_POINT",
                "INFLUXDB_HTTP_ACCESS_LOG_STATUS_FILTERS_0",
                "INFLUXDB_TLS_CIPHERS",
                "INFLUXDB_META_PASSWORD_HASH",
                "INFLUXDB_DB",
                "INFLUXDB_ADMIN_PASSWORD",
                "INFLUXDB_READ_USER_PASSWORD",
                "INFLUXDB_SERVICE_HOST",
                "INFLUXDB_SERVICE_PORT_HTTP",
                "INFLUXDB_PORT_8086_TCP_ADDR",
                "PATH",
                "INFLUX_DB"
            })
    void isKnownWhenItMeansSomethingOrIsSomebodyElsesThenTrue(String variable) {
        assertThat(known.isKnown(variable)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "INFLUXDB_HTTP_AUT_ENABLED, INFLUXDB_HTTP_AUTH_ENABLED",
        "INFLUXDB_HTTP_AUTH_ENABLE, INFLUXDB_HTTP_AUTH_ENABLED",
        "INFLUXDB_HTTP_SHARED_SECRETS, INFLUXDB_HTTP_SHARED_SECRET",
        "INFLUXDB_DATA_WALDIRS, INFLUXDB_DATA_WAL_DIR",
        "INFLUXDB_ADMIN_PASSWROD, INFLUXDB_ADMIN_PASSWORD"
    })
    void closestWhenMistypedThenWhatWasMeant(String variable, String meant) {
        assertThat(known.isKnown(variable)).isFalse();
        assertThat(known.closest(variable)).contains(meant);
    }

    @Test
    void closestWhenLikeNothingThenEmpty() {
        assertThat(known.isKnown("INFLUXDB_ZZZZZZZZ")).isFalse();
        assertThat(known.closest("INFLUXDB_ZZZZZZZZ")).isEmpty();
        assertThat(known.closest("INFLUXDB_")).isEmpty();
    }

    @Test
    void postProcessWhenVariablesAreUnknownThenWarnsWithoutValues(CapturedOutput output) {
        StandardEnvironment environment = new StandardEnvironment();
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(
                        source,
                        new SystemEnvironmentPropertySource(
                                source,
                                java.util.Map.of(
                                        "INFLUXDB_ADMIN_PASSWROD", "s3cret",
                                        "INFLUXDB_GRAPHITE_0_ENABLED", "true",
                                        "INFLUXDB_HTTP_AUTH_ENABLED", "true")));
        DeferredLogs logs = new DeferredLogs();
        new UnknownVariableEnvironmentPostProcessor(logs).postProcessEnvironment(environment, new SpringApplication());
        logs.switchOverAll();
        assertThat(output)
                .contains(
                        "The variable INFLUXDB_ADMIN_PASSWROD has no effect: there is no such setting; the closest one"
                                + " is INFLUXDB_ADMIN_PASSWORD")
                .contains("The variable INFLUXDB_GRAPHITE_0_ENABLED has no effect: there is no such setting\n")
                .doesNotContain("INFLUXDB_HTTP_AUTH_ENABLED")
                .doesNotContain("s3cret");
    }
}
