package multicloud.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * The path and query of a request, byte for byte as they came (RFC 9112, section 3.2.1).
 *
 * @param path with its leading slash, percent-encoded as received
 * @param query without its question mark; null when there was no question mark
 */
public record RequestTarget(String path, @Nullable String query) {

    /** Splits {@code /path?query} at the first question mark. */
    public static RequestTarget parse(String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new RequestTarget(target, null)
                : new RequestTarget(target.substring(0, mark), target.substring(mark + 1));
    }

    /** The target as it stands in a request line. */
    public String text() {
        return query == null ? path : path + "?" + query;
    }

    /** The path alone: a query may hold secrets. */
    @Override
    public String toString() {
        return path;
    }
}
