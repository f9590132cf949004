package multicloud.gateway.upstream;

import multicloud.gateway.config.Resilience.Breaker;
import org.jspecify.annotations.Nullable;

/** What is known of a target from the requests it was sent, by the wall clock. Safe for use by many threads. */
public final class TargetState {
    private final CircuitBreaker breaker;
    private final Speed speed = new Speed();

    /** @param settings of its breaker; null where it has none */
    TargetState(@Nullable Breaker settings) {
        this.breaker = new CircuitBreaker(settings);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    Speed speed() {
        return speed;
    }

    /** Forgets everything. */
    void reset() {
        breaker.reset();
        speed.reset();
    }
}
