package multicloud.gateway.upstream;

/** What a server says when it is asked for a target. */
public sealed interface Choice {
    /** This one takes the attempt; what became of it is said to the permit. */
    record Chosen(Target target, CircuitBreaker.Permit permit) implements Choice {
        /** The least a failure counts as, in milliseconds: who fails at once is not quick. */
        private static final double PENALTY = 1_000;

        /** The target has answered as it should, after so many milliseconds. */
        public void succeeded(double millis, long now) {
            permit.succeeded(now);
            target.state().speed().observe(millis, now);
        }

        /** The target has failed, after so many milliseconds. */
        public void failed(double millis, long now) {
            permit.failed(now);
            target.state().speed().observe(Math.max(PENALTY, millis), now);
        }

        /** The target has not answered for so many milliseconds, after which somebody else had. */
        public void outrun(double millis, long now) {
            permit.released();
            target.state().speed().observe(millis, now);
        }

        /** Nothing is known of the target: the attempt was not made or given up, or failed for another reason. */
        public void released() {
            permit.released();
        }
    }

    /**
     * None can.
     *
     * @param retryAfterMillis when one may be tried again, from now
     */
    record Unavailable(long retryAfterMillis) implements Choice {}
}
