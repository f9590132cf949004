package multicloud.gateway.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.http.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The watch over the reads of one wire. Its timer is left running from read to read and looks, when it goes off, how far the limit has
 * moved since: a busy connection sets one in a while, where a timeout of each read's own would wake the JDK's timer thread twice a
 * call. Safe for use by the wire's thread and the timer's.
 */
final class ReadWatch implements Runnable, AutoCloseable {
    private final Wire wire;
    private final Watchdog watchdog;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Deadline limit;
    private @Nullable ScheduledFuture<?> timer;

    ReadWatch(Wire wire, Watchdog watchdog) {
        this.wire = wire;
        this.watchdog = watchdog;
    }

    /** A read begins that must end by this limit. */
    void begin(Deadline newLimit) {
        lock.lock();
        try {
            limit = newLimit;
            long left = newLimit.remainingNanos();
            ScheduledFuture<?> running = timer;
            if (running == null || running.getDelay(TimeUnit.NANOSECONDS) > left) {
                cancel(running);
                timer = watchdog.after(left, this);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The read has ended; says whether that was because its time was over. */
    boolean end() {
        lock.lock();
        try {
            boolean over = limit == null;
            limit = null;
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
            if (limit == null) {
                return;
            }
            long left = limit.remainingNanos();
            if (left > 0) {
                timer = watchdog.after(left, this);
            } else {
                limit = null;
                wire.stopReading();
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
