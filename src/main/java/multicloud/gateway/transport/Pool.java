package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The places for calls, and the connections kept between them, by origin. How long a connection has been idle is measured by the
 * wall clock, since a monotonic one may stand still while an execution environment is frozen. Safe for use by many threads.
 */
final class Pool {
    private final ConnectionLimits limits;
    private final InstantSource clock;
    private final ConcurrentMap<Origin, Places> origins = new ConcurrentHashMap<>();
    private final AtomicInteger idle = new AtomicInteger();
    private volatile long sweptAt;

    Pool(ConnectionLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.sweptAt = clock.millis();
    }

    /** A place for one call to this origin, waited for until {@code limit}. */
    Lease lease(Origin origin, Deadline limit) throws CallFailure {
        Places places = origins.computeIfAbsent(origin, o -> new Places(limits.perOrigin()));
        try {
            if (places.enter(limit)) {
                return new Lease(this, places);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("interrupted while waiting for a connection");
            throw new CallFailure(Stage.POOL, Failure.OVERLOADED, interrupted);
        }
        IOException full = new SocketTimeoutException("all " + limits.perOrigin() + " connections are in use");
        throw new CallFailure(Stage.POOL, Failure.OVERLOADED, full);
    }

    /** The connection used last that may still be trusted, or null. Those found too old are closed. */
    @Nullable
    Http1Connection reuse(Places places) {
        long now = clock.millis();
        while (true) {
            Idle kept = places.youngest();
            if (kept == null) {
                return null;
            }
            idle.decrementAndGet();
            if (kept.isTrusted(now)) {
                return kept.connection();
            }
            kept.connection().close();
        }
    }

    /** Keeps a connection for later calls, for at most so many milliseconds, or closes it where there are too many. */
    void keep(Places places, Http1Connection connection, long peerMillis) {
        long now = clock.millis();
        if (now < sweptAt || now - sweptAt > limits.idleFor().toMillis() || idle.get() >= limits.idle()) {
            sweptAt = now;
            origins.values().forEach(each -> drop(each, now));
        }
        if (idle.incrementAndGet() > limits.idle()) {
            idle.decrementAndGet();
            connection.close();
            return;
        }
        long until = now + Math.min(limits.idleFor().toMillis(), peerMillis);
        Idle pushedOut = places.add(new Idle(connection, now, until), limits.idlePerOrigin());
        if (pushedOut != null) {
            idle.decrementAndGet();
            pushedOut.connection().close();
        }
    }

    /** Closes every idle connection. */
    void clear() {
        origins.values().forEach(each -> drop(each, Long.MAX_VALUE));
    }

    private void drop(Places places, long now) {
        for (Idle old : places.removeUntrusted(now)) {
            idle.decrementAndGet();
            old.connection().close();
        }
    }

    int idle() {
        return idle.get();
    }

    int inUse() {
        int sum = 0;
        for (Places places : origins.values()) {
            sum += limits.perOrigin() - places.free();
        }
        return sum;
    }
}
