package dev.sluice.account;

/** A change to users that is refused; the message is InfluxDB's text for clients and never holds a password. */
public class AccountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AccountException(String message) {
        super(message);
    }
}
