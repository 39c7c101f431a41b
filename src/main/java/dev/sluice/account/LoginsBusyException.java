package dev.sluice.account;

/** A password was not looked at, because too many others are being checked. The same log-in may succeed a moment later. */
public final class LoginsBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoginsBusyException() {
        super("too many log-ins at once", null, false, false);
    }
}
