package dev.sluice.server;

/**
 * An address to listen on, as Go writes it: {@code :8086} (every interface), {@code 127.0.0.1:8086}, {@code [::1]:8086}.
 *
 * @param host name or number, an IPv6 number without its brackets; empty for every interface
 * @param port 0 (any free one) to 65535
 */
public record BindAddress(String host, int port) {

    private static final String ALLOWED =
            "an address with a port from 0 to 65535, such as :8086, 127.0.0.1:8086 or [::1]:8086";

    public BindAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(ALLOWED);
        }
    }

    /**
     * Reads an address; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static BindAddress valueOf(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return new BindAddress(host(trimmed.substring(0, colon)), port(trimmed.substring(colon + 1)));
    }

    private static String host(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        boolean plain = host.chars().noneMatch(c -> c <= ' ' || c == '[' || c == ']' || c == '/');
        if (!plain || bracketed != (host.indexOf(':') >= 0)) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return host;
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return Integer.parseInt(text);
    }

    /** The form in which it is configured. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
