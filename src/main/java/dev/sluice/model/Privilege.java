package dev.sluice.model;

/**
 * What a user may do with one database (InfluxDB 1.x, "Authorization"). {@link #NONE} is a stored value: revoking the
 * last privilege leaves the database listed in {@code SHOW GRANTS} as {@code NO PRIVILEGES}.
 */
public enum Privilege {
    NONE("NO PRIVILEGES", 0),
    READ("READ", 1),
    WRITE("WRITE", 2),
    ALL("ALL PRIVILEGES", 3);

    private final String influxName;
    private final int bits;

    Privilege(String influxName, int bits) {
        this.influxName = influxName;
        this.bits = bits;
    }

    /** The text {@code SHOW GRANTS} prints. */
    public String influxName() {
        return influxName;
    }

    /** Whether a holder of this privilege may do what {@code needed} stands for. */
    public boolean covers(Privilege needed) {
        return (bits & needed.bits) == needed.bits;
    }

    /** What remains after {@code revoked} is taken away. */
    public Privilege without(Privilege revoked) {
        return values()[bits & ~revoked.bits];
    }
}
