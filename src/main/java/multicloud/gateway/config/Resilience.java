package multicloud.gateway.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server does about targets that fail or are slow.
 *
 * @param retry null for one attempt
 * @param breaker null where a target is never left out for having failed
 * @param hedge null where a slow target is waited for
 * @param mirror null where nobody else gets a copy
 */
public record Resilience(
        Balance balance,
        @Nullable Retry retry,
        @Nullable Breaker breaker,
        @Nullable Hedge hedge,
        @Nullable Mirror mirror) {
    public static final Resilience NONE = new Resilience(Balance.WEIGHTED, null, null, null, null);

    /** How a target is chosen among those of one priority. */
    public enum Balance {
        /** In turn, each as often as its weight says. */
        WEIGHTED,
        /** The quicker of two. */
        LATENCY
    }

    /**
     * When a request is sent again.
     *
     * @param attempts the most attempts, the first one included; default 2
     * @param on what an attempt may fail with to be followed by another
     * @param perTry how long an attempt may take to the head of its answer; null for as long as the timeouts let it
     * @param backoff the longest pause before the second attempt, doubled for each further one; default 25 ms
     * @param more beyond what is asked for at first
     */
    public record Retry(int attempts, FailedOn on, @Nullable Duration perTry, Duration backoff, More more) {}

    /**
     * What counts as a failure of a target.
     *
     * @param connect no connection could be had: refused, DNS, TLS, an address that is not allowed
     * @param reset the connection ended, or sent something malformed, before a whole response head
     * @param timeout a stage took too long
     * @param statuses answers that count
     */
    public record FailedOn(boolean connect, boolean reset, boolean timeout, Set<Integer> statuses) {
        public static final FailedOn DEFAULT = new FailedOn(true, true, true, Set.of(502, 503, 504));

        public FailedOn {
            statuses = Set.copyOf(statuses);
        }
    }

    /**
     * How far a server may be asked for more than its clients ask for.
     *
     * @param budget the share of recent requests that may be sent again; default 0.2
     * @param idempotencyKey whether a request with an Idempotency-Key may be sent again whatever its method; default false
     */
    public record More(double budget, boolean idempotencyKey) {
        public static final More DEFAULT = new More(0.2, false);
    }

    /**
     * When a target is left out.
     *
     * @param failures so many in a row; default 5
     * @param window within so much time; default 10 s
     * @param openFor for so long, until one request tries it again; default 15 s
     */
    public record Breaker(int failures, Duration window, Duration openFor) {}

    /** After how long without an answer another target is asked too. */
    public record Hedge(Duration after) {}

    /**
     * Who gets a copy of requests.
     *
     * @param server the alias of another server
     * @param share of the requests; default 1
     */
    public record Mirror(String server, double share) {}
}
