package multicloud.gateway.telemetry;

import java.time.InstantSource;
import java.util.List;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.JsonBytes;
import multicloud.gateway.http.Notes;
import multicloud.gateway.http.Notes.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each request, once its answer has gone out: the path without its query, no header values, no tokens. Safe
 * for use by many threads.
 */
public final class AccessLog {
    private static final int MOST_FRAMES = 12;

    private final LogSink sink;
    private final InstantSource clock;

    public AccessLog(LogSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * Writes the line of an exchange.
     *
     * @param status the status that went out
     * @param bytesOut the bytes of the answer's body that went out
     */
    public void write(Exchange exchange, int status, long bytesOut) {
        LogLine.write(sink, "access", clock.instant(), json -> fields(json, exchange, status, bytesOut));
    }

    private static void fields(JsonBytes json, Exchange exchange, int status, long bytesOut) {
        Notes notes = exchange.notes();
        List<Attempt> attempts = notes.attempts();
        json.name("request_id").value(exchange.id());
        json.name("trace_id").value(TraceContext.traceId(exchange.request().headers()));
        json.name("method").value(exchange.request().method());
        json.name("path").value(shown(exchange.request().target().path()));
        json.name("route").value(notes.route());
        json.name("status").value(status);
        json.name("duration_ms").millis(notes.elapsedNanos());
        writeUpstream(json.name("upstream_ms"), notes);
        json.name("client_ip").value(notes.client().ip());
        Identity identity = notes.identity();
        json.name("subject").value(identity == null ? null : identity.subject());
        json.name("authorizer").value(identity == null ? null : identity.authorizer());
        json.name("server").value(notes.server());
        writeAttempts(json.name("attempts"), attempts);
        Attempt mirror = notes.mirror();
        if (mirror != null) {
            writeAttempt(json.name("mirror"), mirror);
        }
        json.name("bytes_in").value(notes.bytesIn());
        json.name("bytes_out").value(bytesOut);
        json.name("config_version").value(notes.configVersion());
        json.name("code").value(notes.code());
        if (!notes.dropped().isEmpty()) {
            json.name("dropped").array();
            notes.dropped().forEach(json::value);
            json.endArray();
        }
        if (notes.fault() != null) {
            writeFault(json.name("fault"), notes.fault());
        }
    }

    /** The path alone: a target that is none may hold user info, and one with a fragment anything. */
    private static String shown(String path) {
        int fragment = path.indexOf('#');
        String shown = fragment < 0 ? path : path.substring(0, fragment);
        return shown.startsWith("/") || shown.equals("*") ? shown : "-";
    }

    private static void writeUpstream(JsonBytes json, Notes notes) {
        if (notes.attempts().isEmpty()) {
            json.value(null);
            return;
        }
        json.millis(notes.upstreamNanos());
    }

    private static void writeAttempts(JsonBytes json, List<Attempt> attempts) {
        json.array();
        attempts.forEach(attempt -> writeAttempt(json, attempt));
        json.endArray();
    }

    private static void writeAttempt(JsonBytes json, Attempt attempt) {
        json.object();
        json.name("target").value(attempt.target());
        json.name("cloud").value(attempt.cloud());
        json.name("region").value(attempt.region());
        json.name("outcome").value(attempt.outcome());
        json.name("stage").value(attempt.stage());
        json.name("ms").millis(attempt.nanos());
        json.endObject();
    }

    /** Where a bug struck; not its message, which may hold anything. */
    private static void writeFault(JsonBytes json, @Nullable Throwable fault) {
        json.array();
        for (Throwable at = fault; at != null; at = at.getCause()) {
            json.value(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                json.value("at " + frames[i]);
            }
        }
        json.endArray();
    }
}
