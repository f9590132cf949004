package multicloud.gateway.route;

import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.http.Handler;

/**
 * A route: what it matches, and what answers then.
 *
 * @param index its place in the document, from 0
 */
public record Route(int index, RouteConfig config, Handler handler) {}
