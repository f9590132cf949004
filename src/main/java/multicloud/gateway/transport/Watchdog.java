package multicloud.gateway.transport;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends writes that a peer does not take, since a blocking write has no timeout of its own, and the reads of virtual threads. One daemon
 * thread for all calls, which is there only while it has something to watch. Safe for use by many threads.
 */
final class Watchdog implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor timer;

    /** Watches writes until the watch is closed: none may take longer than {@code idleNanos}, nor pass their own limit. */
    Watch watch(WireOutput output, long idleNanos) {
        Watch watch = new Watch(output, idleNanos, timer());
        watch.again(Math.max(0, output.allowance(idleNanos)));
        return watch;
    }

    /** Runs a task once, so many nanoseconds from now; null when the transport has been closed. */
    @Nullable
    ScheduledFuture<?> after(long nanos, Runnable task) {
        try {
            return timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private ScheduledThreadPoolExecutor timer() {
        lock.lock();
        try {
            ScheduledThreadPoolExecutor current = timer;
            if (current == null) {
                current = new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("watchdog").factory());
                current.setRemoveOnCancelPolicy(true);
                current.setKeepAliveTime(10, TimeUnit.SECONDS);
                current.allowCoreThreadTimeOut(true);
                timer = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (timer != null) {
                timer.shutdownNow();
            }
        } finally {
            lock.unlock();
        }
    }
}
