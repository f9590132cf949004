package multicloud.gateway.integration;

import java.time.Duration;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Stage;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Choice.Chosen;
import multicloud.gateway.upstream.Server;

/**
 * Where a route's requests go, and how.
 *
 * @param server whose targets take them
 * @param requests makes what a target gets
 * @param timeouts of each attempt; the total is of all of them together
 */
public record Upstream(Server server, UpstreamRequest requests, Timeouts timeouts, Transport transport) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Notes what became of a call: for the log, and for the choices to come. A target is not blamed for what it may not have done: no
     * connection was free, the client's body did not come, or the attempt had little of the total left to begin with.
     *
     * @return whether it was the target's fault, so that another may do better
     */
    boolean conclude(Chosen chosen, Call call, Outcome outcome, Attempt noted) {
        boolean fault;
        boolean blamed;
        switch (outcome) {
            case Outcome.Answered(Response response) -> {
                noted.answered(response.status());
                fault = server.retries().isFault(response.status());
                blamed = fault;
            }
            case Outcome.Failed failed -> {
                noted.failed(failed.failure(), failed.stage().label());
                fault = server.retries().isFault(failed);
                blamed = fault
                        && failed.stage() != Stage.POOL
                        && (failed.stage() != Stage.SEND
                                || call.request().body().isBuffered())
                        && !(failed.failure() == Failure.UPSTREAM_TIMEOUT && hadLittleTime(call, noted))
                        && !Thread.currentThread().isInterrupted();
            }
        }
        double millis = noted.nanos() / NANOS_PER_MILLI;
        if (blamed) {
            chosen.failed(millis, server.now());
        } else if (outcome instanceof Outcome.Answered) {
            chosen.succeeded(millis, server.now());
        } else if (Thread.currentThread().isInterrupted()) {
            chosen.outrun(millis, server.now());
        } else {
            chosen.released();
        }
        return fault;
    }

    /** Whether the call ended by the deadline of all attempts, most of which was others'. */
    private boolean hadLittleTime(Call call, Attempt noted) {
        Duration half = timeouts.total().dividedBy(2);
        Duration enough = timeouts.firstByte().compareTo(half) < 0 ? timeouts.firstByte() : half;
        return call.deadline().passed() && noted.nanos() < enough.toNanos();
    }
}
