package multicloud.gateway.upstream;

import java.time.Duration;
import multicloud.gateway.config.Resilience.FailedOn;
import multicloud.gateway.config.Resilience.More;
import multicloud.gateway.config.Resilience.Retry;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.Request;
import multicloud.gateway.transport.Outcome;
import org.jspecify.annotations.Nullable;

/** When a server's requests are sent again, and what counts as a target's fault. Safe for use by many threads. */
public final class Retries {
    private static final int MOST_DOUBLINGS = 6;
    private static final String KEY = "idempotency-key";

    private final int attempts;
    private final FailedOn on;
    private final @Nullable Duration perTry;
    private final long backoffNanos;
    private final boolean idempotencyKey;
    private final Budget budget;
    private final TargetStates states;

    /** @param config null for one attempt */
    Retries(@Nullable Retry config, TargetStates states) {
        More more = config == null ? More.DEFAULT : config.more();
        this.attempts = config == null ? 1 : config.attempts();
        this.on = config == null ? FailedOn.DEFAULT : config.on();
        this.perTry = config == null ? null : config.perTry();
        this.backoffNanos = config == null ? 0 : config.backoff().toNanos();
        this.idempotencyKey = more.idempotencyKey();
        this.budget = new Budget(more.budget(), states);
        this.states = states;
    }

    /** The most attempts for one request. */
    public int attempts() {
        return attempts;
    }

    /** How long an attempt may take to the head of its answer; null for as long as the timeouts let it. */
    public @Nullable Duration perTry() {
        return perTry;
    }

    /** A client has sent a request. */
    public void asked() {
        budget.asked();
    }

    /** Takes leave for a request that no client has sent. */
    public boolean takeFromBudget() {
        return budget.take();
    }

    /**
     * Whether a request, as a target gets it, may be sent again at all.
     *
     * @param sent whether some of it may have reached a target: then a repetition must do no harm (RFC 9110, section 9.2.2)
     */
    public boolean isRepeatable(Request request, boolean sent) {
        if (!request.body().isReplayable()) {
            return false;
        }
        return !sent || Method.isIdempotent(request.method()) || idempotencyKey && hasKey(request);
    }

    private static boolean hasKey(Request request) {
        String key = request.headers().first(KEY);
        return key != null && !key.isBlank();
    }

    /** Whether a failure is the target's fault, so that another attempt may help. */
    public boolean isFault(Outcome.Failed failed) {
        if (failed.failure().status() < 500) {
            return false;
        }
        return switch (failed.stage()) {
            case POOL, DNS, ADDRESS, CONNECT, TLS -> on.connect();
            case SEND, FIRST_BYTE, HEAD, BODY ->
                failed.failure() == Failure.UPSTREAM_TIMEOUT ? on.timeout() : on.reset();
        };
    }

    /** Whether an answer is that the target is at fault. */
    public boolean isFault(int status) {
        return on.statuses().contains(status);
    }

    /** How long to pause before an attempt, somewhere up to a bound that doubles, so that those who failed together do not come back together. */
    public Duration pauseBefore(int attempt) {
        long most = backoffNanos << Math.min(MOST_DOUBLINGS, Math.max(0, attempt - 2));
        return Duration.ofNanos((long) (most * states.chance().share()));
    }
}
