package multicloud.gateway.http;

import java.time.Duration;

/** The moment by which something must be over. Every wait of an exchange spends from its deadline. Immutable. */
public final class Deadline {
    private final Ticker ticker;
    private final long at;

    private Deadline(Ticker ticker, long at) {
        this.ticker = ticker;
        this.at = at;
    }

    /** A deadline {@code span} from now. */
    public static Deadline after(Duration span, Ticker ticker) {
        return new Deadline(ticker, ticker.nanos() + span.toNanos());
    }

    /** This deadline, or one {@code span} from now where that is sooner. */
    public Deadline orAfter(Duration span) {
        long sooner = ticker.nanos() + span.toNanos();
        return sooner - at < 0 ? new Deadline(ticker, sooner) : this;
    }

    /** What is left, in nanoseconds; zero or less once it has passed. */
    public long remainingNanos() {
        return at - ticker.nanos();
    }

    /** Whether it has passed. */
    public boolean passed() {
        return remainingNanos() <= 0;
    }

    /** The clock it is measured by. */
    public Ticker ticker() {
        return ticker;
    }
}
