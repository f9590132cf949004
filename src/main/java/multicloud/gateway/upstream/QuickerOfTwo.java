package multicloud.gateway.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the quicker of two random targets (power of two choices); one of which nothing is known counts as quick. */
final class QuickerOfTwo implements Balancer {
    private final Speed[] speeds;
    private final TargetStates states;

    QuickerOfTwo(List<Target> targets, TargetStates states) {
        this.speeds = targets.stream().map(target -> target.state().speed()).toArray(Speed[]::new);
        this.states = states;
    }

    @Override
    public int choose(boolean @Nullable [] able) {
        int count = able == null ? speeds.length : count(able);
        if (count == 0) {
            return -1;
        }
        int first = states.chance().below(count);
        int one = place(able, first);
        if (count == 1) {
            return one;
        }
        int second = states.chance().below(count - 1);
        int other = place(able, second < first ? second : second + 1);
        long now = states.now();
        return speeds[other].expected(now) < speeds[one].expected(now) ? other : one;
    }

    private static int count(boolean[] able) {
        int count = 0;
        for (boolean one : able) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Where the able target of that number stands. */
    private static int place(boolean @Nullable [] able, int number) {
        if (able == null) {
            return number;
        }
        int left = number;
        for (int i = 0; i < able.length; i++) {
            if (able[i] && left-- == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("there are not so many");
    }
}
