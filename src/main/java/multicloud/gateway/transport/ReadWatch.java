package multicloud.gateway.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.http.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the reads of one wire, and the watch over a read under way, whose limit may still be moved. Its timer is left running
 * from read to read and looks, when it goes off, how far the limit has moved since: a busy connection sets one in a while, where a
 * timeout of each read's own would wake the JDK's timer thread twice a call. Safe for use by many threads.
 */
final class ReadWatch implements Runnable, AutoCloseable {
    private final WireInput input;
    private final Watchdog watchdog;
    private final ReentrantLock lock = new ReentrantLock();
    private Deadline limit;
    private long idleNanos = WireInput.NO_IDLE_LIMIT;
    private @Nullable Deadline end;
    private @Nullable ScheduledFuture<?> timer;

    ReadWatch(WireInput input, Watchdog watchdog, Deadline limit) {
        this.input = input;
        this.watchdog = watchdog;
        this.limit = limit;
    }

    /** Sets by when reads must end, and how long each may take; a read under way may take so long from now. */
    void within(Deadline newLimit, long newIdleNanos) {
        lock.lock();
        try {
            limit = newLimit;
            idleNanos = newIdleNanos;
            if (end != null) {
                watch();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long a read that begins now may take. */
    long allowance() {
        lock.lock();
        try {
            return Math.min(limit.remainingNanos(), idleNanos);
        } finally {
            lock.unlock();
        }
    }

    /** A read begins, unless there is no time left for it. */
    boolean begin() {
        lock.lock();
        try {
            if (limit.passed()) {
                return false;
            }
            watch();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        Deadline newEnd = idleNanos == WireInput.NO_IDLE_LIMIT ? limit : limit.orAfter(Duration.ofNanos(idleNanos));
        end = newEnd;
        long left = newEnd.remainingNanos();
        ScheduledFuture<?> running = timer;
        if (running == null || running.getDelay(TimeUnit.NANOSECONDS) > left) {
            cancel(running);
            timer = watchdog.after(left, this);
        }
    }

    /** The read has ended; says whether that was because its time was over. */
    boolean end() {
        lock.lock();
        try {
            boolean over = end == null;
            end = null;
            return over;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        lock.lock();
        try {
            timer = null;
            if (end == null) {
                return;
            }
            long left = end.remainingNanos();
            if (left > 0) {
                timer = watchdog.after(left, this);
            } else {
                end = null;
                input.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The wire is closed: whoever reads it learns that from its socket. */
    @Override
    public void close() {
        lock.lock();
        try {
            cancel(timer);
            timer = null;
        } finally {
            lock.unlock();
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
