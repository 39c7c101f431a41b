package dev.sluice.server;

/** Which version of InfluxDB clients are told they speak to. */
final class ServiceVersion {

    /** The compatibility floor: clients look at it to decide what they may ask for. */
    static final String INFLUXDB = "1.8.10";

    private ServiceVersion() {}
}
