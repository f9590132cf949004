package multicloud.gateway.auth;

import multicloud.gateway.http.Exchange;

/** Makes sure of who sends a request. Nothing it cannot make sure of is let through. Safe for use by many threads. */
public interface Authorizer {
    /** Who sends this one, or why that is not known. */
    Verdict authorize(Exchange exchange);

    /** Runs its code once without a request, so that the first request finds it loaded. */
    default void rehearse() {}
}
