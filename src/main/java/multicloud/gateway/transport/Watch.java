package multicloud.gateway.transport;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watch over the writes of one call. */
final class Watch implements Runnable, AutoCloseable {
    private final WireOutput output;
    private final long idleNanos;
    private final ScheduledExecutorService timer;
    private volatile boolean over;
    private volatile @Nullable Future<?> next;

    Watch(WireOutput output, long idleNanos, ScheduledExecutorService timer) {
        this.output = output;
        this.idleNanos = idleNanos;
        this.timer = timer;
    }

    @Override
    public void run() {
        long left = output.allowance(idleNanos);
        if (over) {
            return;
        }
        if (left <= 0) {
            output.expire();
        } else {
            again(left);
        }
    }

    void again(long nanos) {
        try {
            next = timer.schedule(this, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            output.close();
        }
    }

    @Override
    public void close() {
        over = true;
        Future<?> task = next;
        if (task != null) {
            task.cancel(false);
        }
    }
}
