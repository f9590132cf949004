package multicloud.gateway.upstream;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import multicloud.gateway.config.Resilience.Balance;
import org.jspecify.annotations.Nullable;

/** The targets of one priority. Safe for use by many threads. */
final class Group {
    private final List<Target> targets;
    private final CircuitBreaker[] breakers;
    private final Balancer balancer;
    private final Chance chance;
    private final Balance balance;

    Group(List<Target> targets, Balance balance, TargetStates states) {
        this.targets = List.copyOf(targets);
        this.breakers = targets.stream().map(target -> target.state().breaker()).toArray(CircuitBreaker[]::new);
        this.chance = states.chance();
        this.balance = balance;
        this.balancer = switch (balance) {
            case WEIGHTED -> new WeightedRoundRobin(targets, states);
            case LATENCY -> new QuickerOfTwo(targets, states);
        };
    }

    List<Target> targets() {
        return targets;
    }

    /** Which part of this group's attempts a target gets as long as all of them answer; an equal one where the quicker are preferred. */
    double share(Target target) {
        if (!targets.contains(target)) {
            return 0;
        }
        return balance == Balance.LATENCY
                ? 1.0 / targets.size()
                : (double) target.weight()
                        / targets.stream().mapToLong(Target::weight).sum();
    }

    /**
     * The target whose turn it is among those that have not been tried and are not left out; null when there is none.
     *
     * @param prompt whether the attempt waits for nobody but the target
     * @param sparing whether a target that has just recovered gets only a share of its turns, the rest being somebody else's
     */
    Choice.@Nullable Chosen choose(Collection<Target> tried, boolean prompt, boolean sparing, long now) {
        boolean[] able = able(tried, prompt, sparing, now);
        for (int next = balancer.choose(able); next >= 0; next = balancer.choose(able)) {
            CircuitBreaker.Permit permit = breakers[next].acquire(prompt, now);
            if (permit != null) {
                return new Choice.Chosen(targets.get(next), permit);
            }
            if (able == null) {
                able = new boolean[breakers.length];
                Arrays.fill(able, true);
            }
            able[next] = false;
        }
        return null;
    }

    /** Which targets may be chosen; null for all of them. */
    private boolean @Nullable [] able(Collection<Target> tried, boolean prompt, boolean sparing, long now) {
        if (tried.isEmpty() && areAllClosed()) {
            return null;
        }
        boolean[] able = new boolean[breakers.length];
        for (int i = 0; i < able.length; i++) {
            able[i] = breakers[i].allows(prompt, now) && !tried.contains(targets.get(i));
            able[i] &= !sparing || isItsTurn(breakers[i].share(now));
        }
        return able;
    }

    private boolean areAllClosed() {
        for (CircuitBreaker breaker : breakers) {
            if (!breaker.isClosed()) {
                return false;
            }
        }
        return true;
    }

    private boolean isItsTurn(double share) {
        return share >= 1 || chance.share() < share;
    }
}
