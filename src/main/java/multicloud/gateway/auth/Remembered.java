package multicloud.gateway.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Something an issuer was asked for, kept and asked for again. Its age is told by the wall clock, so that a freeze counts. Safe for
 * use by many threads, all of which share one look at a time.
 *
 * <p>Up to {@link #FRESH} it is used as it is. Older, one look is begun beside the request that finds it so; beyond {@link #OLD} the
 * request waits for that look up to {@link #PATIENCE}, and goes on with what there is when the issuer fails. Beyond
 * {@link #TOO_OLD} it is not used any more. An issuer that fails is asked again after {@link #WINDOW}, or after {@link #RETRY} when
 * there is nothing to go on with.
 */
final class Remembered<T> {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration OLD = Duration.ofMinutes(15);
    static final Duration TOO_OLD = Duration.ofHours(6);
    static final Duration WINDOW = Duration.ofSeconds(30);
    static final Duration RETRY = Duration.ofSeconds(1);
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long a look may take in all. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Source<T> source;
    private final InstantSource clock;
    private @Nullable Known<T> known;
    private @Nullable CountDownLatch look;
    private @Nullable Instant lookedAt;
    private @Nullable Instant missedAt;
    private Failure failure = Failure.ISSUER_UNAVAILABLE;

    /** Where it comes from. */
    interface Source<T> {
        T fetch(Deadline deadline) throws FetchException;
    }

    private record Known<T>(T value, Instant at) {}

    Remembered(Source<T> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * What is known; asks where that must be.
     *
     * @throws FetchException when nothing is, or nothing that may still be used
     */
    T get(Deadline deadline) throws FetchException {
        Instant now = clock.instant();
        Known<T> had = known();
        if (had != null && isWithin(FRESH, had.at, now)) {
            return had.value;
        }
        if (had == null || !isWithin(TOO_OLD, had.at, now)) {
            await(begin(now, RETRY), deadline);
            return usable(now);
        }
        CountDownLatch begun = begin(now, WINDOW);
        if (!isWithin(OLD, had.at, now)) {
            await(begun, deadline.orAfter(PATIENCE));
        }
        return usable(now);
    }

    /** Asks again because what is known lacks something, but at most once per {@link #WINDOW}; what is known then. */
    T getNewer(T than, Deadline deadline) throws FetchException {
        Instant now = clock.instant();
        await(beginForMiss(than, now), deadline);
        return usable(now);
    }

    /** Looks ahead of the first request, where nothing is known. */
    void prepare() {
        if (known() == null) {
            begin(clock.instant(), RETRY);
        }
    }

    /** Waits for a look that is under way. */
    void settle(Deadline deadline) {
        await(underWay(), deadline);
    }

    private synchronized @Nullable CountDownLatch underWay() {
        return look;
    }

    private synchronized @Nullable Known<T> known() {
        return known;
    }

    private synchronized T usable(Instant now) throws FetchException {
        if (known == null || !isWithin(TOO_OLD, known.at, now)) {
            throw new FetchException(failure);
        }
        return known.value;
    }

    /** The look that is under way, or a new one; null where the last one was less than a pause ago. */
    private synchronized @Nullable CountDownLatch begin(Instant now, Duration pause) {
        if (look == null && !(lookedAt != null && isWithin(pause, lookedAt, now))) {
            begin(now);
        }
        return look;
    }

    private synchronized @Nullable CountDownLatch beginForMiss(T than, Instant now) {
        boolean newer = known != null && !known.value.equals(than);
        if (look == null && !newer && !(missedAt != null && isWithin(WINDOW, missedAt, now))) {
            missedAt = now;
            begin(now);
        }
        return look;
    }

    private void begin(Instant now) {
        CountDownLatch begun = new CountDownLatch(1);
        look = begun;
        lookedAt = now;
        Thread.ofVirtual().name("issuer").start(() -> {
            try {
                end(new Known<>(source.fetch(Deadline.after(LONGEST, Ticker.SYSTEM)), now), null);
            } catch (FetchException e) {
                end(null, e.failure());
            } catch (RuntimeException | Error bug) {
                end(null, Failure.ISSUER_UNAVAILABLE);
                throw bug;
            } finally {
                begun.countDown();
            }
        });
    }

    private synchronized void end(@Nullable Known<T> found, @Nullable Failure why) {
        known = found == null ? known : found;
        failure = why == null ? failure : why;
        look = null;
    }

    private static void await(@Nullable CountDownLatch begun, Deadline deadline) {
        if (begun == null) {
            return;
        }
        try {
            begun.await(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether less than the span has passed; where a clock was put back nobody knows. */
    private static boolean isWithin(Duration span, Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        return !age.isNegative() && age.compareTo(span) < 0;
    }
}
