package dev.sluice.security.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search filter with places for values: {@code %s} and, where a search knows one, {@code %u}. Values are escaped, so that
 * they are compared and never read as a part of the filter. Immutable.
 */
public final class FilterTemplate {

    private static final Pattern PLACE = Pattern.compile("%([su])");

    private final String text;

    /**
     * A template.
     *
     * @throws IllegalArgumentException when it has no place for a value, or is no filter with one in it
     */
    public FilterTemplate(String text) {
        this.text = text;
        if (!PLACE.matcher(text).find()) {
            throw new IllegalArgumentException("it has no %s");
        }
        fill("x", "x");
    }

    /** The filter with one value for {@code %s} and another for {@code %u}. */
    Filter fill(String value, String name) {
        String filled = PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Filter.encodeValue(place.group(1).equals("s") ? value : name)));
        try {
            return Filter.create(filled);
        } catch (LDAPException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    /** The attributes that are compared with the value, in their order; one that is only excluded does not count. */
    public List<String> comparedAttributes() {
        List<String> found = new ArrayList<>();
        // No filter has this text unless it came in by a place.
        collect(fill("\u0001", "\u0001"), found);
        return found;
    }

    private static void collect(Filter filter, List<String> found) {
        if (filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY
                && filter.getAssertionValue().contains("\u0001")) {
            found.add(filter.getAttributeName());
        }
        for (Filter part : filter.getComponents()) {
            collect(part, found);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
