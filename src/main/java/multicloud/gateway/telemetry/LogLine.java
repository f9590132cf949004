package multicloud.gateway.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes log lines: one JSON object each. */
final class LogLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Timestamps TIMESTAMPS = new Timestamps();

    private LogLine() {}

    /** Adds the fields of one line. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(LogSink sink, String type, Instant time, Fields fields) {
        try (ByteArrayBuilder line = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = JSON.createGenerator(line)) {
                json.writeStartObject();
                json.writeStringField("type", type);
                json.writeStringField("time", TIMESTAMPS.of(time));
                fields.write(json);
                json.writeEndObject();
            }
            line.append('\n');
            byte[] bytes = line.toByteArray();
            sink.write(bytes, bytes.length);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** Writes milliseconds with three decimals, from nanoseconds. */
    static void millis(JsonGenerator json, String name, long nanos) throws IOException {
        long micros = nanos / 1000;
        long rest = micros % 1000;
        String padding = rest < 10 ? "00" : rest < 100 ? "0" : "";
        json.writeFieldName(name);
        json.writeNumber(micros / 1000 + "." + padding + rest);
    }

    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
