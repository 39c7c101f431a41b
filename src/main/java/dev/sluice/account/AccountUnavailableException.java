package dev.sluice.account;

/**
 * A change that was allowed and could not be kept. Whether it is kept after all is open until the next change, which
 * first reads what the store has.
 */
public class AccountUnavailableException extends AccountException {

    private static final long serialVersionUID = 1L;

    public AccountUnavailableException(Throwable cause) {
        super("metadata store is not available");
        initCause(cause);
    }
}
