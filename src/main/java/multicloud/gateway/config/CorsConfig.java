package multicloud.gateway.config;

import java.util.List;

/**
 * Which pages of other origins may read answers (Fetch, section 3.2).
 *
 * @param origins those that may; empty where any may
 * @param permissions what they may do beyond plain requests
 * @param exposeHeaders the answer's headers they may read beyond the plain ones; {@code *} for all
 * @param credentials whether they may send cookies and such; default false
 * @param maxAge for how many seconds a browser may remember a permission; -1 where it decides itself
 */
public record CorsConfig(
        List<OriginPattern> origins,
        Permissions permissions,
        List<String> exposeHeaders,
        boolean credentials,
        int maxAge) {
    public CorsConfig {
        origins = List.copyOf(origins);
        exposeHeaders = List.copyOf(exposeHeaders);
    }

    /** Whether pages of any origin may. */
    public boolean anyOrigin() {
        return origins.isEmpty();
    }

    /**
     * What a preflight permits.
     *
     * @param methods {@code *} for any; empty: those that the routes there take
     * @param headers names, {@code *} for any
     */
    public record Permissions(List<String> methods, List<String> headers) {
        public Permissions {
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
        }
    }
}
