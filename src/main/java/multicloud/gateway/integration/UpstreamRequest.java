package multicloud.gateway.integration;

import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.mapping.HeaderMapping;
import multicloud.gateway.mapping.QueryMapping;
import multicloud.gateway.upstream.ForwardedHeaders;
import multicloud.gateway.upstream.Target;

/**
 * Makes the request an upstream gets: the client's own, at the upstream's path, with what the route's mapping changes. Mapped fields
 * are set last, so that nothing a client sends, {@code Connection} included, can take them away. Immutable.
 *
 * @param path where it asks
 */
public record UpstreamRequest(UpstreamPath path, QueryMapping query, HeaderMapping headers) {
    /**
     * The request of an exchange, ready for any target.
     *
     * @throws AmbiguousPath when a rewrite makes a path that could be read in more than one way
     */
    Ready of(Exchange exchange) throws AmbiguousPath {
        String asked = path.of(exchange.path());
        String changed = query.apply(exchange.request().target().query(), exchange);
        return new Ready(
                exchange.request(),
                new RequestTarget(asked, changed),
                headers.apply(ForwardedHeaders.toUpstream(exchange), exchange));
    }

    /**
     * A request that lacks only its target.
     *
     * @param asked the path behind the target's own, and the query
     */
    record Ready(Request incoming, RequestTarget asked, Headers headers) {
        /** The request as this target gets it. */
        Request to(Target target) {
            RequestTarget whole = new RequestTarget(target.address().basePath() + asked.path(), asked.query());
            return new Request(incoming.method(), whole, headers, incoming.body());
        }
    }

    /**
     * What one target would be asked for, as far as it is known of an exchange that has not been served.
     *
     * @throws AmbiguousPath as {@link #of} does
     */
    String url(Target target, Exchange exchange) throws AmbiguousPath {
        RequestTarget asked = new RequestTarget(
                target.address().url() + path.of(exchange.path()),
                query.shown(exchange.request().target().query(), exchange));
        return asked.text();
    }
}
