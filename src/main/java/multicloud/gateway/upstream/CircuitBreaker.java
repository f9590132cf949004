package multicloud.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;
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
    private volatile Probing probing = Probing.NOBODY;
    private final AtomicInteger round = new AtomicInteger();
    private volatile long recoveredAt = NEVER;
    private volatile boolean closed = true;

    /** @param settings null for one that never leaves anything out */
    CircuitBreaker(@Nullable Breaker settings) {
        this.settings = settings;
        this.failures = new long[settings == null ? 0 : settings.failures()];
    }

    /** Who tries whether the target is back. */
    private enum Probing {
        NOBODY,
        /** A request that waits for nobody but the target. */
        PROMPT,
        /** One whose body its client still has to send, perhaps never: it keeps nobody else from trying. */
        SLOW
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

    /**
     * Whether an attempt may be made now.
     *
     * @param prompt whether the attempt waits for nobody but the target; one that waits for its client tries a target that was left
     *     out only when it has been for twice as long, and no other has
     */
    boolean allows(boolean prompt, long now) {
        return openUntil == NEVER || !isOpen(now) && mayProbe(prompt, now);
    }

    private boolean mayProbe(boolean prompt, long now) {
        return switch (probing) {
            case NOBODY -> prompt || now < openedAt || now - openUntil >= openUntil - openedAt;
            case PROMPT -> false;
            case SLOW -> prompt;
        };
    }

    /** Leave for an attempt, or null where there is none just now; {@code prompt} as in {@link #allows}. */
    @Nullable
    Permit acquire(boolean prompt, long now) {
        if (openUntil == NEVER) {
            return new Plain(round.get());
        }
        lock.lock();
        try {
            if (openUntil == NEVER) {
                return new Plain(round.get());
            }
            if (isOpen(now) || !mayProbe(prompt, now)) {
                return null;
            }
            probing = prompt ? Probing.PROMPT : Probing.SLOW;
            round.incrementAndGet();
            return new Probe(round.get());
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
            probing = Probing.NOBODY;
            round.incrementAndGet();
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
        round.incrementAndGet();
    }

    /** An attempt while the target is not left out. What it says counts until the target is left out or back. */
    private final class Plain implements Permit {
        private final int begun;

        Plain(int begun) {
            this.begun = begun;
        }

        @Override
        public void succeeded(long now) {
            if (inARow > 0) {
                lock.lock();
                try {
                    inARow = begun == round.get() ? 0 : inARow;
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
                if (openUntil != NEVER || begun != round.get()) {
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

    /** The one attempt that tries whether the target is back; it says nothing more once another has taken its place. */
    private final class Probe implements Permit {
        private final int begun;

        Probe(int begun) {
            this.begun = begun;
        }

        @Override
        public void succeeded(long now) {
            lock.lock();
            try {
                if (begun != round.get()) {
                    return;
                }
                probing = Probing.NOBODY;
                openUntil = NEVER;
                recoveredAt = now;
                round.incrementAndGet();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void failed(long now) {
            lock.lock();
            try {
                if (begun != round.get() || settings == null) {
                    return;
                }
                probing = Probing.NOBODY;
                open(settings, now);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void released() {
            lock.lock();
            try {
                if (begun == round.get()) {
                    probing = Probing.NOBODY;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
