package multicloud.gateway.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A place in the pool that one call holds, from before it has a connection until the last byte of its answer has been read. */
final class Lease {
    private final Pool pool;
    private final Places places;
    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(Pool pool, Places places) {
        this.pool = pool;
        this.places = places;
    }

    /** A kept connection whose peer has not closed it, or null. */
    @Nullable
    Http1Connection reuse() {
        while (true) {
            Http1Connection kept = pool.reuse(places);
            if (kept == null || kept.isAlive()) {
                return kept;
            }
            kept.close();
        }
    }

    /** Gives the place back and keeps the connection for later calls, for at most so many milliseconds. */
    void keep(Http1Connection connection, long peerMillis) {
        if (ended.compareAndSet(false, true)) {
            if (peerMillis > 0 && connection.isClean()) {
                pool.keep(places, connection, peerMillis);
            } else {
                connection.close();
            }
            places.leave();
        }
    }

    /** Gives the place back. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            places.leave();
        }
    }
}
