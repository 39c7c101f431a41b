package dev.sluice.http;

import dev.sluice.security.QueryString;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * Which buckets a list shows.
 *
 * @param name of the only one, or empty for all
 * @param after the one behind which the list begins, or empty
 * @param offset how many are passed over
 * @param limit most buckets; 0 or less for all
 */
record BucketSelection(String name, String after, int offset, int limit) {

    private static final int DEFAULT_LIMIT = 100;

    static BucketSelection of(QueryString query) {
        String name = query.first("name");
        String id = query.first("id");
        if (!name.isEmpty() && !id.isEmpty() && !name.equals(id)) {
            throw bad("list buckets: name: \"" + name + "\" and id: \"" + id + "\" do not match");
        }
        String after = query.first("after");
        if (!after.isEmpty() && !query.first("offset").isEmpty()) {
            throw bad("list buckets cannot have both \"offset\" and \"after\" arguments");
        }
        return new BucketSelection(
                name.isEmpty() ? id : name,
                after,
                Math.max(0, number(query, "offset", 0)),
                number(query, "limit", DEFAULT_LIMIT));
    }

    private static int number(QueryString query, String parameter, int otherwise) {
        String text = query.first(parameter);
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw bad("list buckets: " + parameter + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
    }

    /**
     * Those that are shown.
     *
     * @param all in order
     * @throws RequestException 404 when a single one is asked for that there is not. InfluxDB then sends an empty list
     *     behind the error, which is no JSON.
     */
    List<Bucket> choose(List<Bucket> all) {
        if (!name.isEmpty()) {
            List<Bucket> found = all.stream()
                    .filter(bucket -> bucket.name().toString().equals(name))
                    .toList();
            if (found.isEmpty()) {
                throw new RequestException(HttpServletResponse.SC_NOT_FOUND, "bucket not found: \"" + name + "\"");
            }
            return found;
        }
        long skipped = offset;
        if (!after.isEmpty()) {
            List<String> names =
                    all.stream().map(bucket -> bucket.name().toString()).toList();
            int place = names.indexOf(after);
            skipped = place < 0 ? all.size() : place + 1L;
        }
        return all.stream()
                .skip(skipped)
                .limit(limit <= 0 ? Long.MAX_VALUE : limit)
                .toList();
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
