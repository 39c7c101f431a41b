# Build the jar first: ./mvnw package, then: docker build -t sluice .
FROM eclipse-temurin:25-jre

RUN groupadd --system --gid 10086 influxdb \
 && useradd --system --uid 10086 --gid influxdb --home-dir /var/lib/influxdb --shell /usr/sbin/nologin influxdb \
 && mkdir -p /opt/sluice /var/lib/influxdb \
 && chown influxdb:influxdb /var/lib/influxdb

COPY target/sluice.jar /opt/sluice/sluice.jar

# The paths of the official InfluxDB image, so that its volumes and variables fit.
ENV INFLUXDB_META_DIR=/var/lib/influxdb/meta \
    INFLUXDB_DATA_DIR=/var/lib/influxdb/data \
    INFLUXDB_DATA_WAL_DIR=/var/lib/influxdb/wal

USER influxdb
WORKDIR /var/lib/influxdb
VOLUME /var/lib/influxdb
EXPOSE 8086

# The image has no curl: bash opens the socket itself. /ping answers 204, or 401 when it wants credentials: both are alive.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8086 && printf 'GET /ping HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -qE ' (204|401) '"]

# exec form: the JVM gets SIGTERM itself and shuts down gracefully. JAVA_TOOL_OPTIONS takes heap settings.
ENTRYPOINT ["java", "-jar", "/opt/sluice/sluice.jar"]
