package multicloud.gateway.telemetry;

import java.time.Instant;
import java.util.function.Consumer;
import multicloud.gateway.http.JsonBytes;

/** Writes log lines: one JSON object each. */
final class LogLine {
    private static final Timestamps TIMESTAMPS = new Timestamps();
    private static final int ROOM = 1024;

    private LogLine() {}

    /** Writes a line of that type; {@code fields} adds what it says. */
    static void write(LogSink sink, String type, Instant time, Consumer<JsonBytes> fields) {
        JsonBytes json = new JsonBytes(ROOM, Integer.MAX_VALUE - 64)
                .object()
                .name("type")
                .value(type)
                .name("time")
                .value(TIMESTAMPS.of(time));
        fields.accept(json);
        json.endObject().endLine();
        sink.write(json.bytes(), json.length());
    }
}
