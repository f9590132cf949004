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

    /** Which part of the requests a target gets as long as all of them answer, from 0 to 1: none below the first priority. */
    public double share(Target target) {
        int first =
                targets.stream().mapToInt(each -> each.turn().priority()).min().orElseThrow();
        if (target.turn().priority() != first) {
            return 0;
        }
        long all = targets.stream()
                .filter(each -> each.turn().priority() == first)
                .mapToLong(each -> each.turn().weight())
                .sum();
        return (double) target.turn().weight() / all;
    }
}
