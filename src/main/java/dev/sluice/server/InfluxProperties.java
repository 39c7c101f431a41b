package dev.sluice.server;

import dev.sluice.security.PasswordScheme;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of {@code influxdb.conf} (1.8 to 1.12) with their defaults: section {@code [http]}, key
 * {@code auth-enabled} is {@code influxdb.http.auth-enabled}, which InfluxDB's own {@code INFLUXDB_HTTP_AUTH_ENABLED}
 * sets as well. Keys that tune InfluxDB's storage engine are taken, so that a configuration can be carried over, and are
 * without effect where their text says so. A key that does not exist is refused when it stands in a file: a mistyped
 * {@code auth-enabled} must not leave the service open.
 *
 * @param reportingDisabled No effect: nothing is ever reported anywhere.
 * @param bindAddress No effect: InfluxDB's address for backup and restore.
 * @param meta Users, grants, databases and retention policies.
 * @param data Points.
 * @param backup Backups.
 * @param coordinator Limits of queries and writes.
 * @param retention Enforcement of retention policies.
 * @param shardPrecreation Creation of shard groups ahead of time.
 * @param monitor The service's own statistics.
 * @param http The HTTP API.
 * @param logging The log.
 * @param subscriber Forwarding of writes to subscriptions.
 * @param continuousQueries Continuous queries.
 * @param tls TLS settings of the HTTP API.
 * @param login Brakes on wrong passwords.
 * @param passwordPolicy What new passwords must be like.
 * @param oidc Bearer tokens of an identity provider.
 * @param ldap Passwords that a directory knows.
 * @param audit A record of who did what.
 * @param limits How much single users may do.
 */
@ConfigurationProperties(prefix = "influxdb", ignoreUnknownFields = false)
public record InfluxProperties(
        @DefaultValue("false") boolean reportingDisabled,
        @DefaultValue("127.0.0.1:8088") BindAddress bindAddress,
        @DefaultValue Meta meta,
        @DefaultValue Data data,
        @DefaultValue BackupProperties backup,
        @DefaultValue Coordinator coordinator,
        @DefaultValue Retention retention,
        @DefaultValue ShardPrecreation shardPrecreation,
        @DefaultValue Monitor monitor,
        @DefaultValue Http http,
        @DefaultValue Logging logging,
        @DefaultValue Subscriber subscriber,
        @DefaultValue ContinuousQueries continuousQueries,
        @DefaultValue Tls tls,
        @DefaultValue LoginProperties login,
        @DefaultValue PasswordPolicyProperties passwordPolicy,
        @DefaultValue OidcProperties oidc,
        @DefaultValue LdapProperties ldap,
        @DefaultValue AuditProperties audit,
        @DefaultValue LimitProperties limits) {

    private static final String COUNT = "0 or a greater whole number";
    private static final String POSITIVE = "1 or a greater whole number";
    private static final String SOME_TIME = "a duration greater than 0, such as 30m";
    private static final String PATH = "the path of a directory";

    static void count(String key, long value) {
        check(value >= 0, key, value, COUNT);
    }

    static void check(boolean valid, String key, Object value, String allowed) {
        if (!valid) {
            throw new InvalidSettingException("influxdb." + key, value, allowed);
        }
    }

    /**
     * Section {@code [meta]}.
     *
     * @param dir Directory of the embedded database with users, grants, databases and retention policies.
     * @param retentionAutocreate Whether a new database gets the retention policy autogen.
     * @param loggingEnabled Whether changes to databases and users are logged.
     * @param httpEnabled Whether the meta API (users, roles, fine-grained rules) is served.
     * @param passwordHash How new passwords are hashed: bcrypt, pbkdf2-sha256 or pbkdf2-sha512, with options after semicolons.
     * @param ensureFips Whether only a password-hash is taken that is ready for FIPS 140.
     * @param httpBindAddress Where the meta API listens; on this machine only unless it is set.
     * @param httpsEnabled Whether the meta API is served over TLS, with the certificate of the API and its settings.
     */
    public record Meta(
            @DefaultValue("./data/meta") String dir,
            @DefaultValue("true") boolean retentionAutocreate,
            @DefaultValue("true") boolean loggingEnabled,
            @DefaultValue("true") boolean httpEnabled,
            @DefaultValue("bcrypt") PasswordScheme passwordHash,
            @DefaultValue("false") boolean ensureFips,
            @DefaultValue("127.0.0.1:8091") BindAddress httpBindAddress,
            @DefaultValue("false") boolean httpsEnabled) {

        private static final BindAddress UNASKED = BindAddress.valueOf("127.0.0.1:8091");

        /** Whether somebody asked for the address, so that the service must not start without it. */
        public boolean isHttpBindAddressSet() {
            return !httpBindAddress.equals(UNASKED);
        }

        public Meta {
            check(!dir.isBlank(), "meta.dir", dir, PATH);
            check(
                    !ensureFips || passwordHash.isFipsReady(),
                    "meta.password-hash",
                    passwordHash.name().text(),
                    "pbkdf2-sha256 or pbkdf2-sha512 with 1000 rounds and 16 bytes of salt or more, as"
                            + " influxdb.meta.ensure-fips is set");
        }
    }

    /**
     * Section {@code [data]}.
     *
     * @param dir Directory of the points.
     * @param walDir Directory of the write-ahead log; another disk is fine.
     * @param walFsyncDelay How long a write may wait for others to share its fsync; 0 for as short as possible.
     * @param indexVersion No effect: there is one index.
     * @param traceLoggingEnabled No effect: InfluxDB's trace of its storage engine.
     * @param queryLogEnabled Whether every statement is logged before it runs.
     * @param strictErrorHandling No effect: errors of the store are always errors.
     * @param validateKeys Whether points with keys that are not printable UTF-8 are refused.
     * @param skipFieldSizeValidation Whether string fields may exceed 64 KiB (1.11).
     * @param ingressMetricByMeasurementEnabled Whether written values are counted per measurement (1.11).
     * @param ingressMetricByLoginEnabled Whether written values are counted per user (1.11).
     * @param cacheMaxMemorySize Most memory for points that are not in blocks yet.
     * @param cacheSnapshotMemorySize Size of the points in memory at which they are put into blocks; three times this as heap.
     * @param cacheSnapshotWriteColdDuration After how long without writes points are put into blocks.
     * @param compactFullWriteColdDuration After how long without change the blocks of a shard are merged to full ones.
     * @param maxConcurrentCompactions No effect: one shard is compacted at a time.
     * @param maxConcurrentDeletes Most deletes at a time (1.11).
     * @param compactThroughput Bytes of blocks a second that compactions may read; 0 for no limit.
     * @param compactThroughputBurst No effect: InfluxDB's short-time limit of compactions.
     * @param aggressivePointsPerBlock No effect: InfluxDB's size of a merged block (1.12).
     * @param tsmUseMadvWillneed No effect: InfluxDB's hint to the kernel.
     * @param maxSeriesPerDatabase Most series of one database; 0 for no limit.
     * @param maxValuesPerTag Most values of one tag key; 0 for no limit.
     * @param maxIndexLogFileSize No effect: InfluxDB's index log.
     * @param seriesIdSetCacheSize No effect: InfluxDB's index cache.
     * @param seriesFileMaxConcurrentSnapshotCompactions No effect: InfluxDB's series file.
     * @param tarStreamBufferSize No effect: InfluxDB's backup buffer (1.12).
     * @param blockCacheSize Cache of blocks, outside the heap; Sluice's own.
     * @param writeBufferSize What RocksDB collects before it writes files, outside the heap; Sluice's own.
     */
    public record Data(
            @DefaultValue("./data/data") String dir,
            @DefaultValue("./data/wal") String walDir,
            @DefaultValue("0s") InfluxDuration walFsyncDelay,
            @DefaultValue("inmem") IndexVersion indexVersion,
            @DefaultValue("false") boolean traceLoggingEnabled,
            @DefaultValue("true") boolean queryLogEnabled,
            @DefaultValue("false") boolean strictErrorHandling,
            @DefaultValue("false") boolean validateKeys,
            @DefaultValue("false") boolean skipFieldSizeValidation,
            @DefaultValue("false") boolean ingressMetricByMeasurementEnabled,
            @DefaultValue("false") boolean ingressMetricByLoginEnabled,
            @DefaultValue("1g") ByteSize cacheMaxMemorySize,
            @DefaultValue("25m") ByteSize cacheSnapshotMemorySize,
            @DefaultValue("10m") InfluxDuration cacheSnapshotWriteColdDuration,
            @DefaultValue("4h") InfluxDuration compactFullWriteColdDuration,
            @DefaultValue("0") int maxConcurrentCompactions,
            @DefaultValue("1") int maxConcurrentDeletes,
            @DefaultValue("48m") ByteSize compactThroughput,
            @DefaultValue("48m") ByteSize compactThroughputBurst,
            @DefaultValue("10000") int aggressivePointsPerBlock,
            @DefaultValue("false") boolean tsmUseMadvWillneed,
            @DefaultValue("1000000") int maxSeriesPerDatabase,
            @DefaultValue("100000") int maxValuesPerTag,
            @DefaultValue("1m") ByteSize maxIndexLogFileSize,
            @DefaultValue("100") int seriesIdSetCacheSize,
            @DefaultValue("0") int seriesFileMaxConcurrentSnapshotCompactions,
            @DefaultValue("1048576") ByteSize tarStreamBufferSize,
            @DefaultValue("96m") ByteSize blockCacheSize,
            @DefaultValue("128m") ByteSize writeBufferSize) {

        public Data {
            check(!dir.isBlank(), "data.dir", dir, PATH);
            check(!walDir.isBlank(), "data.wal-dir", walDir, PATH);
            count("data.max-concurrent-compactions", maxConcurrentCompactions);
            count("data.max-concurrent-deletes", maxConcurrentDeletes);
            count("data.aggressive-points-per-block", aggressivePointsPerBlock);
            count("data.max-series-per-database", maxSeriesPerDatabase);
            count("data.max-values-per-tag", maxValuesPerTag);
            count("data.series-id-set-cache-size", seriesIdSetCacheSize);
            count("data.series-file-max-concurrent-snapshot-compactions", seriesFileMaxConcurrentSnapshotCompactions);
        }
    }

    /** InfluxDB's kinds of series index. */
    public enum IndexVersion {
        INMEM,
        TSI1
    }

    /**
     * Section {@code [coordinator]}.
     *
     * @param writeTimeout How long a write may take before it fails with "timeout".
     * @param maxConcurrentQueries Most queries at a time; 0 for no limit.
     * @param queryTimeout How long a query may run; 0 for no limit.
     * @param logQueriesAfter Queries that ran longer are logged; 0 for none.
     * @param logTimedoutQueries Whether queries that met query-timeout are logged (1.11).
     * @param maxSelectPoint Most points a SELECT may read; 0 for no limit.
     * @param maxSelectSeries Most series a SELECT may read; 0 for no limit.
     * @param maxSelectBuckets Most time windows a SELECT may make; 0 for no limit.
     * @param maxQueryMemory Most memory of one query: bytes, or a part of the heap; 0 for no limit. Not InfluxDB's.
     * @param maxTotalQueryMemory Most memory of all queries together, in the same form. Not InfluxDB's.
     * @param terminationQueryLog Whether running queries are logged at a stop (1.11).
     */
    public record Coordinator(
            @DefaultValue("10s") InfluxDuration writeTimeout,
            @DefaultValue("0") int maxConcurrentQueries,
            @DefaultValue("0s") InfluxDuration queryTimeout,
            @DefaultValue("0s") InfluxDuration logQueriesAfter,
            @DefaultValue("false") boolean logTimedoutQueries,
            @DefaultValue("0") long maxSelectPoint,
            @DefaultValue("0") long maxSelectSeries,
            @DefaultValue("0") long maxSelectBuckets,
            @DefaultValue("40%") HeapSize maxQueryMemory,
            @DefaultValue("60%") HeapSize maxTotalQueryMemory,
            @DefaultValue("false") boolean terminationQueryLog) {

        public Coordinator {
            count("coordinator.max-concurrent-queries", maxConcurrentQueries);
            count("coordinator.max-select-point", maxSelectPoint);
            count("coordinator.max-select-series", maxSelectSeries);
            count("coordinator.max-select-buckets", maxSelectBuckets);
        }
    }

    /**
     * Section {@code [retention]}.
     *
     * @param enabled Whether points beyond their retention policy's duration are removed.
     * @param checkInterval How often that is looked after.
     */
    public record Retention(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30m") InfluxDuration checkInterval) {

        public Retention {
            check(!enabled || !checkInterval.isZero(), "retention.check-interval", "0", SOME_TIME);
        }
    }

    /**
     * Section {@code [shard-precreation]}.
     *
     * @param enabled Whether the next shard group is created before it is needed.
     * @param checkInterval How often that is looked after.
     * @param advancePeriod How long before the current group's end the next one is created.
     */
    public record ShardPrecreation(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10m") InfluxDuration checkInterval,
            @DefaultValue("30m") InfluxDuration advancePeriod) {

        public ShardPrecreation {
            check(!enabled || !checkInterval.isZero(), "shard-precreation.check-interval", "0", SOME_TIME);
            check(!enabled || !advancePeriod.isZero(), "shard-precreation.advance-period", "0", SOME_TIME);
        }
    }

    /**
     * Section {@code [monitor]}.
     *
     * @param storeEnabled Whether the service writes its statistics into a database of its own.
     * @param storeDatabase Name of that database.
     * @param storeInterval How often it does.
     */
    public record Monitor(
            @DefaultValue("true") boolean storeEnabled,
            @DefaultValue("_internal") String storeDatabase,
            @DefaultValue("10s") InfluxDuration storeInterval) {

        public Monitor {
            check(
                    !storeEnabled || !storeDatabase.isBlank(),
                    "monitor.store-database",
                    storeDatabase,
                    "the name of a database");
            check(!storeEnabled || !storeInterval.isZero(), "monitor.store-interval", "0", SOME_TIME);
        }
    }

    /**
     * Section {@code [http]}.
     *
     * @param enabled Whether the HTTP API is served.
     * @param bindAddress Where it listens; server.port and server.address win.
     * @param authEnabled Whether requests must carry credentials, once an admin exists.
     * @param realm Realm of the Basic challenge.
     * @param sharedSecret Key of bearer tokens (JWT with HS256, HS384 or HS512); empty switches them off.
     * @param logEnabled Whether requests are logged.
     * @param suppressWriteLog Whether writes are left out of the access log.
     * @param accessLogPath File of the access log; empty for the service's log.
     * @param accessLogStatusFilters Statuses that are logged, such as 404 or 5XX; empty for all.
     * @param writeTracing Whether the body of every write is logged.
     * @param fluxEnabled No effect: there is no Flux.
     * @param fluxLogEnabled No effect: there is no Flux.
     * @param fluxTesting No effect: there is no Flux.
     * @param pprofEnabled No effect: there are no Go profiles, so /debug/pprof is never served.
     * @param pprofAuthEnabled Whether /debug/vars and /debug/requests demand a user who may monitor, such as an admin, once requests
     *     need credentials; InfluxDB's default is false.
     * @param debugPprofEnabled No effect: InfluxDB's profiler at start.
     * @param pingAuthEnabled Whether /ping, /health, /status and /metrics demand credentials.
     * @param promReadAuthEnabled No effect: Prometheus' remote read always asks for READ (1.11).
     * @param httpsEnabled Whether the API is served over TLS.
     * @param httpsCertificate PEM file of the certificate and its chain.
     * @param httpsPrivateKey PEM file of the private key; empty when it stands in the certificate's file.
     * @param httpsInsecureCertificate Whether files that others may read are accepted (1.12.3).
     * @param maxRowLimit Most rows of an answer that is not chunked; 0 for no limit.
     * @param maxConnectionLimit Most connections at a time; 0 for no limit.
     * @param unixSocketEnabled Whether a Unix socket is served too.
     * @param bindSocket Path of that socket.
     * @param unixSocketPermissions Its permissions, octal.
     * @param unixSocketGroup Its group; empty for the process's own.
     * @param maxBodySize Most bytes of a request's body; 0 for no limit.
     * @param maxConcurrentWriteLimit Most writes at a time; 0 for no limit.
     * @param maxEnqueuedWriteLimit Most writes that wait for their turn; 0 for no limit.
     * @param enqueuedWriteTimeout How long a write may wait for its turn: whole nanoseconds, or a duration; 0 for no limit.
     * @param userQueryBytesEnabled Whether bytes of answers are counted per user (1.12.3).
     * @param headers Headers that are added to every answer.
     */
    public record Http(
            @DefaultValue("true") boolean enabled,
            @DefaultValue(":8086") BindAddress bindAddress,
            @DefaultValue("false") boolean authEnabled,
            @DefaultValue("InfluxDB") String realm,
            @DefaultValue("") Secret sharedSecret,
            @DefaultValue("true") boolean logEnabled,
            @DefaultValue("false") boolean suppressWriteLog,
            @DefaultValue("") String accessLogPath,
            @DefaultValue List<String> accessLogStatusFilters,
            @DefaultValue("false") boolean writeTracing,
            @DefaultValue("false") boolean fluxEnabled,
            @DefaultValue("false") boolean fluxLogEnabled,
            @DefaultValue("false") boolean fluxTesting,
            @DefaultValue("true") boolean pprofEnabled,
            @DefaultValue("true") boolean pprofAuthEnabled,
            @DefaultValue("false") boolean debugPprofEnabled,
            @DefaultValue("false") boolean pingAuthEnabled,
            @DefaultValue("false") boolean promReadAuthEnabled,
            @DefaultValue("false") boolean httpsEnabled,
            @DefaultValue("/etc/ssl/influxdb.pem") String httpsCertificate,
            @DefaultValue("") String httpsPrivateKey,
            @DefaultValue("false") boolean httpsInsecureCertificate,
            @DefaultValue("0") int maxRowLimit,
            @DefaultValue("0") int maxConnectionLimit,
            @DefaultValue("false") boolean unixSocketEnabled,
            @DefaultValue("/var/run/influxdb.sock") String bindSocket,
            @DefaultValue("0777") String unixSocketPermissions,
            @DefaultValue("") String unixSocketGroup,
            @DefaultValue("25000000") ByteSize maxBodySize,
            @DefaultValue("0") int maxConcurrentWriteLimit,
            @DefaultValue("0") int maxEnqueuedWriteLimit,
            @DefaultValue("30s") EnqueuedTimeout enqueuedWriteTimeout,
            @DefaultValue("false") boolean userQueryBytesEnabled,
            @DefaultValue Map<String, String> headers) {

        private static final Pattern STATUS_FILTER = Pattern.compile("[1-5]([0-9]{2}|[0-9][xX]|[xX]{2})");
        private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");

        public Http {
            accessLogStatusFilters = List.copyOf(accessLogStatusFilters);
            headers = Map.copyOf(headers);
            check(!realm.isEmpty(), "http.realm", realm, "a text that is not empty");
            for (String filter : accessLogStatusFilters) {
                check(
                        STATUS_FILTER.matcher(filter).matches(),
                        "http.access-log-status-filters",
                        filter,
                        "statuses such as 404, 40X or 5XX");
            }
            check(
                    OCTAL.matcher(unixSocketPermissions).matches(),
                    "http.unix-socket-permissions",
                    unixSocketPermissions,
                    "octal permissions such as 0777");
            count("http.max-row-limit", maxRowLimit);
            count("http.max-connection-limit", maxConnectionLimit);
            count("http.max-concurrent-write-limit", maxConcurrentWriteLimit);
            count("http.max-enqueued-write-limit", maxEnqueuedWriteLimit);
        }
    }

    /**
     * Section {@code [logging]}.
     *
     * @param format Form of the log's lines.
     * @param level Least important level that is logged.
     * @param suppressLogo No effect: there is no logo.
     */
    public record Logging(
            @DefaultValue("auto") LogFormat format,
            @DefaultValue("info") LogLevel level,
            @DefaultValue("false") boolean suppressLogo) {}

    /** Form of the log's lines; {@code AUTO} is the readable one. */
    public enum LogFormat {
        AUTO,
        LOGFMT,
        JSON
    }

    /** InfluxDB's log levels. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /**
     * Section {@code [subscriber]}.
     *
     * @param enabled Whether writes are forwarded to subscriptions.
     * @param httpTimeout How long one request to a destination may take.
     * @param insecureSkipVerify Whether certificates of destinations are taken unchecked.
     * @param caCerts PEM file of the authorities for destinations; empty for those of the JVM.
     * @param writeConcurrency Requests at a time per subscription.
     * @param writeBufferSize Batches that may wait per subscription.
     * @param totalBufferBytes Most bytes that may wait in all; 0 for no limit (1.11).
     */
    public record Subscriber(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30s") InfluxDuration httpTimeout,
            @DefaultValue("false") boolean insecureSkipVerify,
            @DefaultValue("") String caCerts,
            @DefaultValue("40") int writeConcurrency,
            @DefaultValue("1000") int writeBufferSize,
            @DefaultValue("0") ByteSize totalBufferBytes) {

        public Subscriber {
            check(!enabled || !httpTimeout.isZero(), "subscriber.http-timeout", "0", SOME_TIME);
            check(!enabled || writeConcurrency > 0, "subscriber.write-concurrency", writeConcurrency, POSITIVE);
            check(!enabled || writeBufferSize > 0, "subscriber.write-buffer-size", writeBufferSize, POSITIVE);
        }
    }

    /**
     * Section {@code [continuous_queries]}.
     *
     * @param enabled Whether continuous queries run.
     * @param logEnabled Whether their runs are logged.
     * @param queryStatsEnabled Whether their runs are counted.
     * @param runInterval How often it is looked for queries that are due.
     */
    public record ContinuousQueries(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean logEnabled,
            @DefaultValue("false") boolean queryStatsEnabled,
            @DefaultValue("1s") InfluxDuration runInterval) {

        public ContinuousQueries {
            check(!enabled || !runInterval.isZero(), "continuous-queries.run-interval", "0", SOME_TIME);
        }
    }

    /**
     * Section {@code [tls]}.
     *
     * @param ciphers Names of cipher suites, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256; empty for the JVM's choice.
     * @param minVersion Oldest protocol: tls1.0 to tls1.3; what is older than tls1.2 is not served even then.
     * @param maxVersion Newest protocol: tls1.2 or tls1.3; empty for tls1.3.
     * @param advancedExpiration How long before a certificate's end a warning is logged (1.12.3).
     * @param clientCaCerts PEM file of the authorities for clients' certificates; empty for none. Not InfluxDB's.
     * @param clientCertificateUser Attribute of a client certificate's subject that names the user, such as CN; empty for
     *     no log-ins by certificates. Not InfluxDB's.
     */
    public record Tls(
            @DefaultValue List<String> ciphers,
            @DefaultValue("") String minVersion,
            @DefaultValue("") String maxVersion,
            @DefaultValue("5d") InfluxDuration advancedExpiration,
            @DefaultValue("") String clientCaCerts,
            @DefaultValue("") String clientCertificateUser) {

        private static final List<String> VERSIONS = List.of("tls1.0", "tls1.1", "tls1.2", "tls1.3");
        private static final Map<String, String> SERVED = Map.of("tls1.2", "TLSv1.2", "tls1.3", "TLSv1.3");

        public Tls {
            ciphers = List.copyOf(ciphers);
            check(
                    minVersion.isEmpty() || VERSIONS.contains(minVersion),
                    "tls.min-version",
                    minVersion,
                    String.join(", ", VERSIONS));
            check(
                    maxVersion.isEmpty() || SERVED.containsKey(maxVersion),
                    "tls.max-version",
                    maxVersion,
                    "tls1.2 or tls1.3");
            check(
                    minVersion.isEmpty() || maxVersion.isEmpty() || minVersion.compareTo(maxVersion) <= 0,
                    "tls.max-version",
                    maxVersion,
                    "at least tls.min-version, which is " + minVersion);
        }

        /** The protocols to serve, by their names in Java; oldest first. TLS 1.0 and 1.1 are never served. */
        public List<String> protocols() {
            return VERSIONS.stream()
                    .filter(SERVED::containsKey)
                    .filter(version -> minVersion.isEmpty() || version.compareTo(minVersion) >= 0)
                    .filter(version -> maxVersion.isEmpty() || version.compareTo(maxVersion) <= 0)
                    .map(SERVED::get)
                    .toList();
        }
    }
}
