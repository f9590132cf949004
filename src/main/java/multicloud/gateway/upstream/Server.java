package multicloud.gateway.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import multicloud.gateway.config.Resilience;
import org.jspecify.annotations.Nullable;

/**
 * A named upstream: the targets that can answer for it, by priority. Which one takes an attempt is decided by the document and by what
 * is known of the targets, never by anything of a request. Safe for use by many threads.
 */
public final class Server {
    private final String alias;
    private final List<Group> groups;
    private final Retries retries;
    private final @Nullable Duration hedgeAfter;
    private final TargetStates states;

    /**
     * A server.
     *
     * @param targets in document order
     */
    public Server(String alias, List<Target> targets, Resilience resilience, TargetStates states) {
        this.alias = alias;
        this.states = states;
        this.retries = new Retries(resilience.retry(), states);
        this.hedgeAfter = resilience.hedge() == null ? null : resilience.hedge().after();
        TreeMap<Integer, List<Target>> byPriority = new TreeMap<>();
        for (Target target : targets) {
            byPriority
                    .computeIfAbsent(target.turn().priority(), priority -> new ArrayList<>())
                    .add(target);
        }
        this.groups = byPriority.values().stream()
                .map(group -> new Group(group, resilience.balance(), states))
                .toList();
    }

    public String alias() {
        return alias;
    }

    /** When a request is sent again. */
    public Retries retries() {
        return retries;
    }

    /** Milliseconds of the wall clock. */
    public long now() {
        return states.now();
    }

    /** After how long without an answer another target is asked too; null for never. */
    public @Nullable Duration hedgeAfter() {
        return hedgeAfter;
    }

    /** All of its targets, the preferred first. */
    public List<Target> targets() {
        return groups.stream().flatMap(group -> group.targets().stream()).toList();
    }

    /** The target that takes the next attempt: of the lowest priority that has one which has not been tried and is not left out. */
    public Choice choose(Collection<Target> tried) {
        return choose(tried, true);
    }

    /**
     * The same for a request whose body may still have to come from its client: it does not keep others from trying a target that was
     * left out, and tries one itself only where they do not.
     *
     * @param prompt whether all of it is here
     */
    public Choice choose(Collection<Target> tried, boolean prompt) {
        long now = states.now();
        Choice.Chosen chosen = choose(tried, prompt, true, now);
        chosen = chosen == null ? choose(tried, prompt, false, now) : chosen;
        return chosen == null ? new Choice.Unavailable(retryAfter(now)) : chosen;
    }

    private Choice.@Nullable Chosen choose(Collection<Target> tried, boolean prompt, boolean sparing, long now) {
        for (Group group : groups) {
            Choice.Chosen chosen = group.choose(tried, prompt, sparing, now);
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }

    /** How long until the first of the targets may be tried again. */
    private long retryAfter(long now) {
        long earliest = Long.MAX_VALUE;
        for (Target target : targets()) {
            earliest = Math.min(earliest, target.state().breaker().allowsAt(now));
        }
        return earliest == Long.MAX_VALUE ? 0 : Math.max(0, earliest - now);
    }

    /** Which part of the requests a target gets as long as all of them answer, from 0 to 1: none below the first priority. */
    public double share(Target target) {
        return groups.getFirst().share(target);
    }
}
