package multicloud.gateway.auth;

import java.util.List;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/** Decides where a browser may be sent after a login: to a path on an origin of the document, and nowhere else. Immutable. */
final class ReturnTo {
    private final List<String> origins;

    ReturnTo(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    /** The URL that was meant, or null where none may be; a path alone is on the first origin. */
    @Nullable
    String resolve(String wanted) {
        if (origins.isEmpty() || !wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '#')) {
            return null;
        }
        if (wanted.startsWith("/")) {
            return onOrigin(origins.getFirst(), wanted);
        }
        for (String origin : origins) {
            if (wanted.equals(origin)) {
                return origin + "/";
            }
            if (wanted.startsWith(origin + "/")) {
                return onOrigin(origin, wanted.substring(origin.length()));
            }
        }
        return null;
    }

    /** With a path that nobody can read in two ways: a browser takes {@code //host} and its kin for another host. */
    private static @Nullable String onOrigin(String origin, String target) {
        try {
            RequestPath.parse(RequestTarget.parse(target).path());
            return origin + target;
        } catch (AmbiguousPath e) {
            return null;
        }
    }
}
