package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.account.Users;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Lets requests of nobody in one at a time. While there is no admin, nobody has to log in, and of two requests that create
 * the first one only one may: the other finds an admin, and is refused as if it had come later. Thread-safe.
 */
@Component
class FirstAdminGate {

    private final Users users;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    FirstAdminGate(Users users) {
        this.users = users;
    }

    /** To be closed when the request is answered. */
    @FunctionalInterface
    interface Passage extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until the caller may go on; callers who have logged in never wait.
     *
     * @throws AuthenticationCredentialsNotFoundException when there is an admin by now; becomes a 401
     */
    Passage enter(Caller caller) {
        if (!(caller instanceof Caller.Anonymous)) {
            return () -> {};
        }
        oneAtATime.lock();
        if (users.adminExists()) {
            oneAtATime.unlock();
            throw new AuthenticationCredentialsNotFoundException("the first admin was created by another request");
        }
        return oneAtATime::unlock;
    }
}
