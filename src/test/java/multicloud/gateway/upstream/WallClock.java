package multicloud.gateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that a test moves. */
public final class WallClock implements InstantSource {
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);

    public void advance(Duration span) {
        millis.addAndGet(span.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }
}
