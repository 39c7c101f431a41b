package dev.sluice.statement;

/** Points of a series that the caller may not write; none of the request's points was stored. */
public class WriteNotAuthorizedException extends StatementException {

    private static final long serialVersionUID = 1L;

    public WriteNotAuthorizedException(String message) {
        super(message);
    }
}
