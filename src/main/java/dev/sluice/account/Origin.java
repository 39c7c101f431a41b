package dev.sluice.account;

/**
 * Where a request comes from.
 *
 * @param address of the client's end of the connection; empty for the service itself
 * @param means how the client has shown who it is: {@code url}, {@code basic}, {@code token}, {@code bearer},
 *     {@code certificate}, or {@code ldap} for a password that a directory knows; empty for not at all
 */
public record Origin(String address, String means) {

    /** The service itself. */
    public static final Origin NOWHERE = new Origin("", "");

    /** The same place by other means. */
    public Origin by(String other) {
        return new Origin(address, other);
    }
}
