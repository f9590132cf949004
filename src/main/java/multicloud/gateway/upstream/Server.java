package multicloud.gateway.upstream;

import java.util.List;
import multicloud.gateway.http.Timeouts;

/**
 * A named upstream: the targets that can answer for it.
 *
 * @param targets in document order, at least one
 */
public record Server(String alias, List<Target> targets, Timeouts timeouts) {
    public Server {
        targets = List.copyOf(targets);
    }

    /** The target that takes the next attempt. */
    public Target pick() {
        return targets.getFirst();
    }
}
