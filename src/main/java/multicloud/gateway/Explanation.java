package multicloud.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.http.Headers;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.policy.Cors;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a request, and why. Immutable.
 *
 * @param decision which route it is
 * @param auth whom the route lets in; null for everybody, and where no route takes the request
 * @param cors what would be said of CORS; null where the gateway has no say in it
 * @param plan where the request of somebody who is let in would go, or what the gateway would answer by itself
 */
public record Explanation(
        Decision decision,
        @Nullable AuthConfig auth,
        @Nullable CorsAnswer cors,
        Plan plan) {

    /**
     * Which route it is.
     *
     * @param route the one that takes the request, or whose CORS answers it; null where there is none
     * @param params the parameters of the route that takes it, decoded, in the order of the path
     * @param others the other routes, in document order, and why they do not take it
     */
    public record Decision(@Nullable Route route, Map<String, String> params, List<Candidate> others) {
        public Decision {
            params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
            others = List.copyOf(others);
        }
    }

    /**
     * What an answer would say of CORS.
     *
     * @param origin whose pages may read it, {@code *} for all; null where the request's origin may not, or has none
     * @param headers the Access-Control fields
     */
    public record CorsAnswer(@Nullable String origin, Headers headers) {
        /** What these fields say of it. */
        static CorsAnswer of(Headers fields) {
            Headers.Builder own = Headers.builder();
            fields.forEach((name, value) -> {
                if (Cors.isField(name)) {
                    own.add(name, value);
                }
            });
            return new CorsAnswer(fields.first(Cors.ORIGIN), own.build());
        }
    }
}
