package multicloud.gateway.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Chooses targets in turn, each as often as its weight says and spread evenly: while all are able, every run of as many choices as
 * the weights add up to has each target exactly as often as its weight (smooth weighted round robin).
 *
 * <p>Every environment begins somewhere else in the turn, so that many that start together do not all begin with the same target.
 */
final class WeightedRoundRobin implements Balancer {
    /** How far into the turn a beginning may lie. */
    private static final int FARTHEST = 512;

    private final int[] weights;
    private final TargetStates states;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] credit;
    private int life = -1;

    WeightedRoundRobin(List<Target> targets, TargetStates states) {
        this.weights = targets.stream().mapToInt(Target::weight).toArray();
        this.credit = new long[weights.length];
        this.states = states;
    }

    @Override
    public int choose(boolean @Nullable [] able) {
        lock.lock();
        try {
            if (life != states.life()) {
                life = states.life();
                begin();
            }
            return next(able);
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        Arrays.fill(credit, 0);
        int steps = states.chance()
                .below((int) Math.min(Arrays.stream(weights).asLongStream().sum(), FARTHEST));
        for (int i = 0; i < steps; i++) {
            next(null);
        }
    }

    private int next(boolean @Nullable [] able) {
        long sum = 0;
        int best = -1;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < weights.length; i++) {
            if (able == null || able[i]) {
                sum += weights[i];
                long mine = credit[i] + weights[i];
                credit[i] = mine;
                if (mine > most) {
                    most = mine;
                    best = i;
                }
            }
        }
        if (best >= 0) {
            credit[best] -= sum;
        }
        return best;
    }
}
