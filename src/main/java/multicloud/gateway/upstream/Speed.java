package multicloud.gateway.upstream;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How quickly a target has answered lately: a moving average of the time to its first byte that fades with time, so that a slow target
 * is tried again. Safe for use by many threads.
 */
final class Speed {
    private static final double NEWEST = 0.3;
    private static final double FADING_MILLIS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private double millis;
    private long at;

    /** The target has answered after so long, or has failed and is counted as so slow. */
    void observe(double tookMillis, long now) {
        lock.lock();
        try {
            millis = millis == 0 ? tookMillis : millis + NEWEST * (tookMillis - millis);
            at = now;
        } finally {
            lock.unlock();
        }
    }

    /** What the target is taken to need, in milliseconds; 0 where nothing is known of it. */
    double expected(long now) {
        lock.lock();
        try {
            return millis * Math.exp(-Math.max(0, now - at) / FADING_MILLIS);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void reset() {
        lock.lock();
        try {
            millis = 0;
        } finally {
            lock.unlock();
        }
    }
}
