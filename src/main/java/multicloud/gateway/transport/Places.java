package multicloud.gateway.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.http.Deadline;
import org.jspecify.annotations.Nullable;

/** What the pool has for one origin. Safe for use by many threads. */
final class Places {
    private final Semaphore free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Idle> idle = new ArrayDeque<>();

    Places(int count) {
        free = new Semaphore(count, true);
    }

    /** Takes a place, first come first served; false when none became free in time. */
    boolean enter(Deadline limit) throws InterruptedException {
        return free.tryAcquire(Math.max(0, limit.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    /** Gives a place back. */
    void leave() {
        free.release();
    }

    int free() {
        return free.availablePermits();
    }

    /** Takes the connection that was put by last. */
    @Nullable
    Idle youngest() {
        lock.lock();
        try {
            return idle.pollLast();
        } finally {
            lock.unlock();
        }
    }

    /** Puts a connection by; returns the oldest when there are more than {@code most} now. */
    @Nullable
    Idle add(Idle connection, int most) {
        lock.lock();
        try {
            idle.addLast(connection);
            return idle.size() > most ? idle.pollFirst() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all that may not be used any more. */
    List<Idle> removeUntrusted(long now) {
        List<Idle> removed = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
                Idle connection = each.next();
                if (!connection.isTrusted(now)) {
                    each.remove();
                    removed.add(connection);
                }
            }
        } finally {
            lock.unlock();
        }
        return removed;
    }
}
