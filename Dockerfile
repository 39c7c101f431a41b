# Build the jar first: ./mvnw package, then: docker build -t sluice .
FROM eclipse-temurin:25-jre

RUN groupadd --system --gid 10086 influxdb \
 && useradd --system --uid 10086 --gid influxdb --home-dir /var/lib/influxdb --shell /usr/sbin/nologin influxdb \
 && mkdir -p /opt/sluice /var/lib/influxdb \
 && chown influxdb:influxdb /var/lib/influxdb

# Unpacked, and with an archive of its classes that a first start leaves behind: the container so starts in less than half the time.
COPY target/sluice.jar /tmp/sluice.jar
RUN java -Djarmode=tools -jar /tmp/sluice.jar extract --force --destination /opt/sluice \
 && java -XX:ArchiveClassesAtExit=/opt/sluice/classes.jsa -XX:+UseParallelGC -Dspring.context.exit=onRefresh \
      -jar /opt/sluice/sluice.jar --server.port=0 --management.server.port=0 --influxdb.meta.http-enabled=false \
      --influxdb.meta.dir=/tmp/first/meta --influxdb.data.dir=/tmp/first/data --influxdb.data.wal-dir=/tmp/first/wal \
 && rm -rf /tmp/sluice.jar /tmp/first

# The paths of the official InfluxDB image, so that its volumes and variables fit.
# RocksDB's memory comes and goes on many threads; glibc would keep what each of them has freed in a heap of its own.
ENV MALLOC_ARENA_MAX=2

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
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/sluice/classes.jsa", "-XX:+UseParallelGC", "-jar", "/opt/sluice/sluice.jar"]
