package multicloud.gateway.integration;

import multicloud.gateway.http.Body;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.upstream.Target;

/**
 * What became of one attempt.
 *
 * @param fault whether it was the target's fault, so that another may do better
 * @param noted what the log says of it
 */
record Tried(Target target, Outcome outcome, boolean fault, Attempt noted) {
    /** Whether some of the request may have reached the target. */
    boolean sent() {
        return switch (outcome) {
            case Outcome.Answered answered -> true;
            case Outcome.Failed failed -> failed.requestSent();
        };
    }

    /** Lets go of its answer, where it has one: a short one is here already, so that the connection stays. */
    void discard() {
        if (outcome instanceof Outcome.Answered(Response response)) {
            discard(response.body());
        }
    }

    private static void discard(Body body) {
        try {
            body.close();
        } catch (java.io.UncheckedIOException brokenAnyway) {
            // Nobody wants the rest of it.
        }
    }
}
