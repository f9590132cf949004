package multicloud.gateway.upstream;

import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.config.Resilience.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a target out that has failed so many times in a row within a window, and lets one request at a time try it again once that
 * was long enough. After it has recovered it is given its share back little by little, over as long as it was left out.
 *
 * <p>It only ever sees real requests, and measures by the wall clock, since nothing runs while an environment is frozen. Safe for use
 * by many threads; its lock is never held while anybody waits.
 */
public final class CircuitBreaker {
    private static final double FIRST_SHARE = 0.1;
    private static final long NEVER = Long.MIN_VALUE;

    private final @Nullable Breaker settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] failures;
    private int next;
    private int inARow;
    private volatile long openUntil = NEVER;
    private volatile long openedAt;
    private volatile boolean probing;
    private volatile long recoveredAt = NEVER;
    private volatile boolean closed = true;

    /** @param settings null for one that never leaves anything out */
    CircuitBreaker(@Nullable Breaker settings) {
        this.settings = settings;
        this.failures = new long[settings == null ? 0 : settings.failures()];
    }

    /** Leave for one attempt; whoever has it says what became of it, once. */
    public interface Permit {
        /** The target has answered as it should. */
        void succeeded(long now);

        /** The target has failed. */
        void failed(long now);

        /** Nothing is known of the target: the attempt was given up, or failed for another reason. */
        void released();
    }

    /** Whether the target is not left out and has all of its share. */
    boolean isClosed() {
        return closed;
    }

    /** Whether an attempt may be made now. */
    boolean allows(long now) {
        return openUntil == NEVER || !isOpen(now) && !probing;
    }

    /** Leave for an attempt, or null where there is none just now. */
    @Nullable
    Permit acquire(long now) {
        if (openUntil == NEVER) {
            return new Plain();
        }
        lock.lock();
        try {
            if (openUntil == NEVER) {
                return new Plain();
            }
            if (isOpen(now) || probing) {
                return null;
            }
            probing = true;
            return new Probe();
        } finally {
            lock.unlock();
        }
    }

    /** When an attempt may be made again, in milliseconds of the wall clock: now, or later. */
    long allowsAt(long now) {
        return openUntil == NEVER || !isOpen(now) ? now : openUntil;
    }

    /** The share of its usual requests that the target is given: below 1 for a while after it has recovered. */
    double share(long now) {
        long since = now - recoveredAt;
        if (recoveredAt == NEVER || settings == null || since < 0) {
            return 1;
        }
        double part = (double) since / Math.max(1, settings.openFor().toMillis());
        if (part >= 1) {
            close();
            return 1;
        }
        return FIRST_SHARE + (1 - FIRST_SHARE) * part;
    }

    /** The time of recovery is over, unless the target has failed again meanwhile. */
    private void close() {
        lock.lock();
        try {
            if (openUntil == NEVER) {
                recoveredAt = NEVER;
                closed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void reset() {
        lock.lock();
        try {
            inARow = 0;
            openUntil = NEVER;
            recoveredAt = NEVER;
            probing = false;
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** A clock that was set back says nothing about how long ago it opened. */
    private boolean isOpen(long now) {
        return now < openUntil && now >= openedAt;
    }

    private void open(Breaker breaker, long now) {
        closed = false;
        openedAt = now;
        openUntil = now + breaker.openFor().toMillis();
        inARow = 0;
    }

    /** An attempt while the target is not left out. */
    private final class Plain implements Permit {
        @Override
        public void succeeded(long now) {
            if (inARow > 0) {
                lock.lock();
                try {
                    inARow = 0;
                } finally {
                    lock.unlock();
                }
            }
        }

        @Override
        public void failed(long now) {
            if (settings == null) {
                return;
            }
            lock.lock();
            try {
                if (openUntil != NEVER) {
                    return;
                }
                failures[next] = now;
                next = (next + 1) % failures.length;
                inARow++;
                boolean within = now - failures[next] <= settings.window().toMillis();
                if (inARow >= failures.length && within) {
                    open(settings, now);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void released() {}
    }

    /** The one attempt that tries whether the target is back. */
    private final class Probe implements Permit {
        @Override
        public void succeeded(long now) {
            lock.lock();
            try {
                probing = false;
                openUntil = NEVER;
                recoveredAt = now;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void failed(long now) {
            lock.lock();
            try {
                probing = false;
                if (settings != null) {
                    open(settings, now);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void released() {
            probing = false;
        }
    }
}
