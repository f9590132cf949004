package multicloud.gateway.transport;

import java.time.Duration;

/**
 * How many connections a transport holds, and for how long it trusts one that nobody uses.
 *
 * @param perOrigin calls to one origin at a time, so connections in use; more calls wait for a place
 * @param idlePerOrigin connections to one origin kept for later calls
 * @param idle connections kept in all
 * @param idleFor how long, by the wall clock, a kept connection is used again; a peer's {@code Keep-Alive: timeout} shortens it
 */
public record ConnectionLimits(int perOrigin, int idlePerOrigin, int idle, Duration idleFor) {
    /** 512 calls per origin, 128 idle connections per origin, 512 in all, 50 s: load balancers close after 60 s or more. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(512, 128, 512, Duration.ofSeconds(50));

    public ConnectionLimits {
        if (perOrigin < 1 || idlePerOrigin < 0 || idle < 0 || idleFor.isNegative()) {
            throw new IllegalArgumentException("at least one connection per origin, and nothing negative");
        }
    }
}
