package multicloud.gateway.upstream;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a server may be sent beyond those its clients send: a share of those of the last ten seconds, so that a server in
 * trouble is not hit harder; but always some, for one request alone has no share. Safe for use by many threads.
 */
final class Budget {
    /** So many in ten seconds are free. */
    static final int FREE = 10;

    private static final int SECONDS = 10;

    private final double share;
    private final TargetStates states;
    private final ReentrantLock lock = new ReentrantLock();
    private final int[] asked = new int[SECONDS];
    private final int[] added = new int[SECONDS];
    private long second = Long.MIN_VALUE;

    Budget(double share, TargetStates states) {
        this.share = share;
        this.states = states;
    }

    /** A client has sent a request. */
    void asked() {
        lock.lock();
        try {
            asked[place()]++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes leave for one more request; false where there is none. */
    boolean take() {
        lock.lock();
        try {
            int place = place();
            boolean left = sum(added) < Math.max(FREE, share * sum(asked));
            added[place] += left ? 1 : 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Where the current second is counted; what is older than all of them is forgotten. */
    private int place() {
        long now = Math.floorDiv(states.now(), 1000L);
        long passed = now - second;
        if (passed < 0 || passed >= SECONDS || second == Long.MIN_VALUE) {
            Arrays.fill(asked, 0);
            Arrays.fill(added, 0);
        } else {
            for (long each = second + 1; each <= now; each++) {
                asked[Math.floorMod(each, SECONDS)] = 0;
                added[Math.floorMod(each, SECONDS)] = 0;
            }
        }
        second = now;
        return Math.floorMod(now, SECONDS);
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
