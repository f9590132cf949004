package multicloud.gateway.integration;

import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Server;

/**
 * Where a route's requests go, and how.
 *
 * @param server whose targets take them
 * @param requests makes what a target gets
 * @param timeouts of each attempt; the total is of all of them together
 */
public record Upstream(Server server, UpstreamRequest requests, Timeouts timeouts, Transport transport) {}
