package multicloud.gateway.integration;

import java.util.List;
import multicloud.gateway.upstream.Target;

/**
 * A target that a route's requests may leave for, all means together: whatever is decided for one request, it is among these.
 *
 * @param means how they get there
 * @param server the alias of the target's server
 */
public record Reach(Means means, String server, Target target) {
    /** The ways out. */
    public enum Means {
        /** The request itself, first or in a retry, after a failover or by a hedge: all of them choose among the same targets. */
        REQUEST,
        /** A copy of it. */
        MIRROR
    }

    static List<Reach> of(Means means, Upstream upstream) {
        return upstream.server().targets().stream()
                .map(target -> new Reach(means, upstream.server().alias(), target))
                .toList();
    }
}
