package multicloud.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import multicloud.gateway.auth.Forgeries;
import multicloud.gateway.testing.RawUpstream.Script;

/**
 * A line of one of the tables in {@code src/test/resources/security}: a request, how it must be answered, and what the upstream must
 * have been sent. {@code <NAME>} stands for a token of {@link Forgeries}, {@code PORT} for the upstream's port.
 *
 * @param table the table's file, without its ending
 * @param document the document that the gateway has
 * @param row {@code proves}; {@code send} method and target; {@code fields} and {@code body}; {@code upstream_answers}, a head's
 *     lines; {@code answer} status and code; {@code answer_fields} and {@code upstream_fields}, all values joined, null for none;
 *     {@code cors}, all there are; {@code upstream} the request line's beginning, without which nothing may be sent; {@code dropped};
 *     {@code logged}, some of the access line's fields
 */
record SecurityCase(String table, JsonNode document, JsonNode row) {
    private static final Path TABLES = Path.of("src/test/resources/security");
    private static final String OK = "HTTP/1.1 200 OK";

    /** All lines of a table. */
    static Stream<SecurityCase> of(String table) {
        try {
            JsonNode all =
                    EdgeTesting.JSON.readTree(TABLES.resolve(table + ".json").toFile());
            JsonNode documents = all.path("documents");
            return StreamSupport.stream(all.path("cases").spliterator(), false)
                    .map(row -> new SecurityCase(
                            table, documents.required(row.path("document").asText("main")), row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document, in front of an upstream at that port. */
    String document(int port) {
        return document.toString().replace("PORT", Integer.toString(port));
    }

    Ask ask(int port) {
        String[] send = row.path("send").asText().split(" ", 2);
        List<String> fields = new ArrayList<>();
        row.path("fields").forEach(field -> fields.add(filled(field.asText(), port)));
        return new Ask(send[0], filled(send[1], port), fields, row.path("body").textValue());
    }

    /** Answers every request alike. */
    Script upstream() {
        return peer -> {
            int port = peer.socket().getLocalPort();
            List<String> lines = new ArrayList<>();
            row.path("upstream_answers").forEach(line -> lines.add(filled(line.asText(), port)));
            String head = lines.isEmpty() ? OK : String.join("\r\n", lines);
            boolean bodiless = head.startsWith("HTTP/1.1 304");
            RawUpstream.answering(head + (bodiless ? "\r\n\r\n" : "\r\nContent-Length: 2\r\n\r\nok"))
                    .play(peer);
        };
    }

    int status() {
        return Integer.parseInt(row.required("answer").asText().split(" ")[0]);
    }

    /** The code of the gateway's own answer; null where it has none. */
    String code() {
        String[] answer = row.required("answer").asText().split(" ");
        return answer.length == 1 ? null : answer[1];
    }

    /** Whether the upstream must have been asked. */
    boolean reachesUpstream() {
        return row.has("upstream");
    }

    /** Whether the gateway must answer by itself, and with a body. */
    boolean isToldWhy() {
        return !reachesUpstream()
                && status() >= 400
                && !row.path("send").asText().startsWith("HEAD ");
    }

    /** Fields by name with all their values joined by a comma and a space; null for none. */
    Map<String, String> fields(String key, int port) {
        Map<String, String> fields = new LinkedHashMap<>();
        row.path(key).properties().forEach(field -> {
            String value = field.getValue().textValue();
            fields.put(field.getKey(), value == null ? null : filled(value, port));
        });
        return fields;
    }

    private static String filled(String text, int port) {
        String filled = text;
        if (text.indexOf('<') >= 0) {
            for (Map.Entry<String, String> token :
                    Forgeries.byName("http://127.0.0.1:" + port + "/keys").entrySet()) {
                filled = filled.replace("<" + token.getKey() + ">", token.getValue());
            }
        }
        return filled.replace(":PORT", ":" + port);
    }

    @Override
    public String toString() {
        return table + ": " + row.path("proves").asText();
    }
}
