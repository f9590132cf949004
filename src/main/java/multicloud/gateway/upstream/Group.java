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

    /** The target whose turn it is among those that have not been tried and are not left out; null when there is none. */
    Choice.@Nullable Chosen choose(Collection<Target> tried, long now) {
        boolean[] able = able(tried, now);
        for (int next = balancer.choose(able); next >= 0; next = balancer.choose(able)) {
            CircuitBreaker.Permit permit = breakers[next].acquire(now);
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
    private boolean @Nullable [] able(Collection<Target> tried, long now) {
        if (tried.isEmpty() && areAllClosed()) {
            return null;
        }
        boolean[] able = new boolean[breakers.length];
        boolean recovering = false;
        for (int i = 0; i < able.length; i++) {
            able[i] = breakers[i].allows(now) && !tried.contains(targets.get(i));
            recovering |= able[i] && breakers[i].share(now) < 1;
        }
        return recovering ? sparing(able, now) : able;
    }

    private boolean areAllClosed() {
        for (CircuitBreaker breaker : breakers) {
            if (!breaker.isClosed()) {
                return false;
            }
        }
        return true;
    }

    /** A target that has just recovered gets only a share of what would be its turns, as long as another can take the rest. */
    private boolean[] sparing(boolean[] able, long now) {
        boolean[] spared = able.clone();
        boolean any = false;
        for (int i = 0; i < able.length; i++) {
            if (able[i]) {
                double share = breakers[i].share(now);
                spared[i] = share >= 1 || chance.share() < share;
                any |= spared[i];
            }
        }
        return any ? spared : able;
    }
}
