package multicloud.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.telemetry.LogSink;

/** A log that keeps its lines. */
final class LogLines implements LogSink {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> lines = new ArrayList<>();

    @Override
    public synchronized void write(byte[] line, int length) {
        try {
            lines.add(JSON.readTree(new String(line, 0, length, UTF_8)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    synchronized List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    /** What happened, in order. */
    List<String> events() {
        return lines().stream().map(line -> line.get("event").asText()).toList();
    }

    JsonNode last() {
        return lines().getLast();
    }
}
