package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.security.RequestOrigin;
import dev.sluice.security.SecurityObserver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Says no to callers, on record. Thread-safe. */
@Component
final class Refusals {

    private final SecurityObserver observer;

    Refusals(SecurityObserver observer) {
        this.observer = observer;
    }

    /** A 403, to be thrown. */
    RequestException forbidden(Caller caller, HttpServletRequest request, String text) {
        observer.accessDenied(caller, RequestOrigin.of(request), text);
        return new RequestException(HttpServletResponse.SC_FORBIDDEN, text);
    }

    /**
     * A 403, to be thrown.
     *
     * @param nobody what is said when nobody has logged in
     * @param somebody what is said to a user of a name
     */
    RequestException forbidden(
            Caller caller, HttpServletRequest request, String nobody, UnaryOperator<String> somebody) {
        Optional<String> name = caller.user().map(UserAccount::name);
        return forbidden(caller, request, name.map(somebody).orElse(nobody));
    }
}
