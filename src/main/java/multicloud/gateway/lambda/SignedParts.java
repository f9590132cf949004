package multicloud.gateway.lambda;

import java.util.List;
import java.util.Set;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * Takes off a request what its sender signed it with for AWS (Signature Version 4), once AWS has verified it: for some minutes it is
 * as good as a password for this very function, and no upstream's business.
 */
final class SignedParts {
    private static final Set<String> HEADERS = Set.of("x-amz-date", "x-amz-security-token", "x-amz-content-sha256");
    private static final List<String> PARAMETERS = List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-Security-Token",
            "X-Amz-Signature",
            "X-Amz-SignedHeaders");
    private static final String SCHEME = "AWS4-";

    private SignedParts() {}

    /** The fields without those of a signature; what else an Authorization field may hold stays. */
    static Headers without(Headers headers) {
        Headers.Builder kept = Headers.builder(headers.size());
        headers.forEach((name, value) -> {
            String spelling = Grammar.spelling(name);
            boolean signature = spelling.equals("authorization")
                    && value.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
            if (!signature && !HEADERS.contains(spelling)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    /** The query without the parameters of a signature; null where nothing is left. */
    static @Nullable String without(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return null;
        }
        String kept = Query.without(rawQuery, PARAMETERS);
        return kept.isEmpty() ? null : kept;
    }
}
