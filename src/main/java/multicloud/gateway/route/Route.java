package multicloud.gateway.route;

import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.http.Handler;

/**
 * A route: what it matches, and what answers then.
 *
 * @param index its place in the document, from 0
 * @param cors whether CORS is on for it, so that preflights for its methods are the gateway's to answer
 */
public record Route(int index, RouteConfig config, boolean cors, Handler handler) {}
