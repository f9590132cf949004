package multicloud.gateway.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.upstream.Choice.Chosen;
import org.jspecify.annotations.Nullable;

/**
 * A safe request that is sent to a second target when the first takes long: the first good answer wins, and the other attempt is given
 * up. Each runs on a virtual thread of its own, which an interrupt ends wherever it waits.
 */
final class Race {
    private static final Duration FOREVER = Duration.ofDays(1);

    private final Attempts attempts;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final List<Runner> runners = new ArrayList<>(2);

    /** How one of them ended: with what became of it, or with a bug. */
    private record End(@Nullable Tried tried, @Nullable Throwable bug) {}

    Race(Attempts attempts) {
        this.attempts = attempts;
    }

    /** The winner, or the last to fail. */
    Tried run(Chosen first, Duration after) {
        start(first);
        End best = await(after);
        if (best == null) {
            Chosen second = attempts.second();
            if (second != null) {
                start(second);
            }
            best = lastResort();
        }
        runners.forEach(Runner::giveUp);
        for (End late = ends.poll(); late != null; late = ends.poll()) {
            if (late.tried() != null) {
                late.tried().discard();
                late.tried().noted().cancelled();
            }
        }
        return result(best);
    }

    /** The first that is no target's fault, or the last; a bug only where there is nothing else. */
    private End lastResort() {
        End last = null;
        for (int i = 0; i < runners.size(); i++) {
            End next = await(FOREVER);
            if (next == null) {
                break;
            }
            if (last == null || next.tried() != null) {
                if (last != null && last.tried() != null) {
                    last.tried().discard();
                }
                last = next;
            }
            if (next.tried() != null && !next.tried().fault()) {
                break;
            }
        }
        if (last == null) {
            throw new IllegalStateException("no attempt has ended within a day");
        }
        return last;
    }

    private void start(Chosen chosen) {
        Runner runner = new Runner(chosen);
        runners.add(runner);
        runner.thread.start();
    }

    private @Nullable End await(Duration most) {
        boolean interrupted = false;
        long end = System.nanoTime() + most.toNanos();
        try {
            while (true) {
                try {
                    return ends.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Tried result(End end) {
        return switch (end.bug()) {
            case null -> Objects.requireNonNull(end.tried());
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case Throwable bug -> throw new IllegalStateException(bug);
        };
    }

    /** One attempt on its thread. */
    private final class Runner {
        private final Chosen chosen;
        private final Attempt noted;
        private final Thread thread = Thread.ofVirtual().name("attempt").unstarted(this::run);
        private boolean over;
        private boolean givenUp;

        Runner(Chosen chosen) {
            this.chosen = chosen;
            this.noted = attempts.note(chosen);
        }

        private void run() {
            try {
                Tried tried = attempts.call(chosen, noted);
                if (!finish(new End(tried, null))) {
                    tried.discard();
                }
            } catch (RuntimeException | Error bug) {
                finish(new End(null, bug));
            }
        }

        /** Hands the end in; false when nobody waits for it any more. */
        private synchronized boolean finish(End end) {
            over = true;
            if (!givenUp) {
                ends.add(end);
            }
            return !givenUp;
        }

        /** Ends the attempt, unless it has ended. */
        synchronized void giveUp() {
            if (!over && !givenUp) {
                givenUp = true;
                noted.cancelled();
                thread.interrupt();
            }
        }
    }
}
