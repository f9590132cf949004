package multicloud.gateway.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.InstantSource;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Notes;
import multicloud.gateway.http.Notes.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each request, once its answer has gone out: the path without its query, no header values, no tokens. Safe
 * for use by many threads.
 */
public final class AccessLog {
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

    private static void fields(JsonGenerator json, Exchange exchange, int status, long bytesOut) throws IOException {
        Notes notes = exchange.notes();
        json.writeStringField("request_id", exchange.id());
        LogLine.text(json, "trace_id", TraceContext.traceId(exchange.request().headers()));
        json.writeStringField("method", exchange.request().method());
        json.writeStringField("path", exchange.request().target().path());
        LogLine.text(json, "route", notes.route());
        json.writeNumberField("status", status);
        LogLine.millis(json, "duration_ms", notes.elapsedNanos());
        writeUpstream(json, notes);
        json.writeStringField("client_ip", exchange.client().ip());
        json.writeNullField("subject");
        json.writeNullField("authorizer");
        LogLine.text(json, "server", notes.server());
        writeAttempts(json, notes);
        json.writeNumberField("bytes_in", notes.bytesIn());
        json.writeNumberField("bytes_out", bytesOut);
        LogLine.text(json, "config_version", notes.configVersion());
        LogLine.text(json, "code", notes.code());
        if (notes.fault() != null) {
            writeFault(json, notes.fault());
        }
    }

    private static void writeUpstream(JsonGenerator json, Notes notes) throws IOException {
        if (notes.attempts().isEmpty()) {
            json.writeNullField("upstream_ms");
            return;
        }
        long nanos = 0;
        for (Attempt attempt : notes.attempts()) {
            nanos += attempt.nanos();
        }
        LogLine.millis(json, "upstream_ms", nanos);
    }

    private static void writeAttempts(JsonGenerator json, Notes notes) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : notes.attempts()) {
            json.writeStartObject();
            json.writeStringField("target", attempt.target());
            LogLine.text(json, "cloud", attempt.cloud());
            LogLine.text(json, "region", attempt.region());
            json.writeStringField("outcome", attempt.outcome());
            LogLine.text(json, "stage", attempt.stage());
            LogLine.millis(json, "ms", attempt.nanos());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Where a bug struck; not its message, which may hold anything. */
    private static void writeFault(JsonGenerator json, @Nullable Throwable fault) throws IOException {
        json.writeArrayFieldStart("fault");
        for (Throwable at = fault; at != null; at = at.getCause()) {
            json.writeString(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, 12); i++) {
                json.writeString("at " + frames[i]);
            }
        }
        json.writeEndArray();
    }
}
