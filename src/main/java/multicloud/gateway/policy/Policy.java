package multicloud.gateway.policy;

import multicloud.gateway.http.Handler;

/** Wraps a handler with one concern; composed once, when the document is compiled. */
@FunctionalInterface
public interface Policy {
    Handler around(Handler next);
}
