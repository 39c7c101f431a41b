package dev.sluice.catalog;

import java.util.List;
import java.util.regex.Pattern;

/** Which destinations a subscription may have. */
final class SubscriptionUrls {

    // Host characters and escapes are those that Go's url.Parse lets through; all quantifiers are possessive.
    private static final Pattern ALLOWED = Pattern.compile("(?i:https?|udp)://"
            + "(?:(?:[\\w.~!$&'()*+,;=:-]|%\\p{XDigit}{2})*+@)?"
            + "(?:\\[[\\p{XDigit}:.]++]|[\\w.~!$&'()*+,;=\"<>\\x{80}-\\x{10FFFF}-]*+)"
            + ":[0-9]++"
            + "(?:/(?:[^%?#\\p{Cntrl}]|%\\p{XDigit}{2})*+)?"
            + "(?:\\?[^#\\p{Cntrl}]*+)?"
            + "(?:#(?:[^%\\p{Cntrl}]|%\\p{XDigit}{2})*+)?");

    private static final int MAX_LENGTH = 4096;

    private SubscriptionUrls() {}

    /**
     * Checks that every destination names a known protocol and a port.
     *
     * @throws CatalogException {@code invalid subscription URL: …}
     */
    static void check(List<String> destinations) {
        for (String destination : destinations) {
            if (destination.length() > MAX_LENGTH
                    || !ALLOWED.matcher(destination).matches()) {
                throw new CatalogException("invalid subscription URL: " + destination);
            }
        }
    }
}
