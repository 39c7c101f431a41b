package dev.sluice.security;

/**
 * What an operator decides of authentication, see section {@code [http]} of influxdb.conf.
 *
 * @param authEnabled whether requests must carry credentials, once an admin exists
 * @param pingAuthEnabled whether {@link Access#PROBE} routes ask for them too
 * @param monitorAuthEnabled whether {@link Access#MONITOR} routes ask for the permission to monitor
 * @param sharedSecret key of bearer tokens, its UTF-8 bytes; empty switches them off
 * @param realm of the Basic challenge
 * @param certificateUser attribute of a client certificate's subject that names the user; empty for no such log-ins
 */
public record SecuritySettings(
        boolean authEnabled,
        boolean pingAuthEnabled,
        boolean monitorAuthEnabled,
        String sharedSecret,
        String realm,
        String certificateUser) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "SecuritySettings[authEnabled=" + authEnabled + ", pingAuthEnabled=" + pingAuthEnabled + "]";
    }
}
