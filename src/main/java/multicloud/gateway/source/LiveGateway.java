package multicloud.gateway.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;
import multicloud.gateway.telemetry.LogSink;
import multicloud.gateway.transport.Transport;

/**
 * The gateway of the last good document, and its refresh from the document's source. Never throws: neither for want of a document
 * nor for a bug behind it. Safe for use by many threads.
 */
public final class LiveGateway implements Handler, AutoCloseable {

    /** What is known of the document. */
    public sealed interface Status {
        /** A document answers. */
        record Loaded(String version, List<String> warnings) implements Status {}

        /** There is a document, and it has errors; each problem is {@code LINE:COL: error: MESSAGE (/pointer)}. */
        record Refused(List<String> problems) implements Status {}

        /** The source has given no document yet. */
        record Unreachable(String reason) implements Status {}
    }

    /**
     * Opens the source and looks at it once, waiting for the answer at most ten seconds.
     *
     * @param log where the config lines go
     * @param clock the wall clock: nothing runs while an environment is frozen
     */
    public static LiveGateway open(Settings settings, Transport transport, LogSink log, InstantSource clock) {
        return new LiveGateway();
    }

    /** What became of the last look at the source. */
    public Status status() {
        return new Status.Unreachable("no source");
    }

    /** Whether some document answers. */
    public boolean ready() {
        return false;
    }

    @Override
    public Response handle(Exchange exchange) {
        return Answers.of(Failure.NO_CONFIG, exchange);
    }

    /** Waits for a look at the source that is under way, at most so long: a frozen environment would never finish it. */
    public void settle(Duration most) {}

    /** Looks at the source now, as a server's own thread does beside its requests. */
    public void look() {}

    /** Lets go of what must not live in a snapshot. */
    public void beforeSnapshot() {}

    /** Trusts nothing of before: the next request waits for a look at the source. */
    public void afterRestore() {}

    @Override
    public void close() {}
}
