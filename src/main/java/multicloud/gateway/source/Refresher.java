package multicloud.gateway.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import multicloud.gateway.http.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the source is looked at, and who waits for it: at most one look is under way, on a thread of its own.
 *
 * <p>A look is waited for until two seconds after it began. One that failed, or left the gateway without any document, is tried
 * again a second after it began at the earliest. One that is under way for more than ten seconds of the wall clock was frozen with
 * its environment: it is given up, and what it may still bring is not taken. Safe for use by many threads.
 */
final class Refresher {
    /** How long a request waits for a look, counted from the look's beginning. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long RETRY = 1_000;
    private static final long LOST = 10_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final Freshness freshness;
    private final UnaryOperator<Knowledge> looking;
    private final Holder holder;
    private final InstantSource clock;
    private final Duration patience;

    private final Object lock = new Object();
    private volatile long checked = NEVER;
    private long landed;
    private long failed = NEVER;
    private long begun;
    private boolean closed;
    private @Nullable Flight current;

    /**
     * @param looking makes what is known after a look of what was known before; never throws
     * @param clock the wall clock
     */
    Refresher(
            Freshness freshness,
            UnaryOperator<Knowledge> looking,
            Holder holder,
            InstantSource clock,
            Duration patience) {
        this.freshness = freshness;
        this.looking = looking;
        this.holder = holder;
        this.clock = clock;
        this.patience = patience;
    }

    /** A look under way, and then over; told from others by identity. */
    private static final class Flight {
        final long number;
        final long began;
        final CountDownLatch over = new CountDownLatch(1);

        Flight(long number, long began) {
            this.number = number;
            this.began = began;
        }

        boolean isOver() {
            return over.getCount() == 0;
        }
    }

    /** Does for one request what the age of the document asks for. */
    void beforeRequest(Deadline deadline) {
        switch (need()) {
            case NOTHING -> {}
            case BESIDE -> joinOrBegin(() -> isNeedless(NEVER));
            case WAIT -> waitForLook(deadline.orAfter(patience));
        }
    }

    /** Looks, if a look is due, and waits for it at most so long; what is cheap enough for every second is always due. */
    void look(Duration most) {
        boolean cheap = freshness.refresh().toMillis() <= RETRY;
        if (cheap || need() != Freshness.Need.NOTHING) {
            Flight flight = joinOrBegin(() -> false);
            if (flight != null) {
                await(flight, most.toNanos());
            }
        }
    }

    /** Waits for the look under way, at most so long. */
    void settle(Duration most) {
        Flight flight;
        synchronized (lock) {
            flight = current;
        }
        if (flight != null) {
            await(flight, most.toNanos());
        }
    }

    /** Trusts nothing of before: neither what is known, nor a look that is under way. */
    void distrust() {
        synchronized (lock) {
            current = null;
            checked = NEVER;
            failed = NEVER;
        }
    }

    /** Begins no more looks. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    private Freshness.Need need() {
        boolean nothing = holder.knowledge().gateway() == null;
        return nothing ? Freshness.Need.WAIT : freshness.need(clock.millis() - checked);
    }

    private void waitForLook(Deadline deadline) {
        long arrived;
        synchronized (lock) {
            arrived = begun;
        }
        Flight flight = joinOrBegin(() -> isNeedless(arrived));
        boolean ended = flight != null && outlast(flight, deadline);
        if (ended && freshness.everyRequest()) {
            Flight own = joinOrBegin(() -> isNeedless(arrived));
            if (own != null) {
                outlast(own, deadline);
            }
        }
    }

    /**
     * Whether a request needs no further look: another has seen to it in the meantime, or the last one failed just now.
     *
     * @param arrived how many looks had begun when the request came
     */
    private boolean isNeedless(long arrived) {
        long sinceFailure = clock.millis() - failed;
        boolean tooEarly = sinceFailure >= 0 && sinceFailure < RETRY;
        return tooEarly || (freshness.everyRequest() ? landed > arrived : need() == Freshness.Need.NOTHING);
    }

    /** Whether the look ended within the patience there is for it. */
    private boolean outlast(Flight flight, Deadline deadline) {
        long left = patience.toNanos() - TimeUnit.MILLISECONDS.toNanos(clock.millis() - flight.began);
        if (await(flight, Math.min(left, deadline.remainingNanos()))) {
            return true;
        }
        synchronized (lock) {
            if (current == flight) {
                holder.slow();
            }
        }
        return false;
    }

    private static boolean await(Flight flight, long nanos) {
        try {
            return nanos > 0 ? flight.over.await(nanos, TimeUnit.NANOSECONDS) : flight.isOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return flight.isOver();
        }
    }

    /** The look under way, or a new one; null when there is none and none is needed. */
    private @Nullable Flight joinOrBegin(BooleanSupplier needless) {
        synchronized (lock) {
            long now = clock.millis();
            Flight flight = current;
            if (flight != null && Math.abs(now - flight.began) < LOST) {
                return flight;
            }
            if (closed || needless.getAsBoolean()) {
                return null;
            }
            begun++;
            Flight next = new Flight(begun, now);
            current = next;
            Thread.ofPlatform().daemon().name("config-look").start(() -> run(next));
            return next;
        }
    }

    private void run(Flight flight) {
        try {
            land(flight, looking.apply(holder.knowledge()));
        } finally {
            flight.over.countDown();
        }
    }

    private void land(Flight flight, Knowledge found) {
        synchronized (lock) {
            if (current == flight) {
                current = null;
                landed = flight.number;
                boolean reached = found.failure() == null;
                checked = reached ? flight.began : checked;
                failed = reached && found.gateway() != null ? NEVER : flight.began;
                holder.take(found);
            }
        }
    }
}
