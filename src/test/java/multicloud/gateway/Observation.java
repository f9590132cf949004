package multicloud.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import multicloud.gateway.config.Problem;
import multicloud.gateway.testing.Peer.Received;
import multicloud.gateway.testing.RawClient.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document and one request.
 *
 * @param answer null where nothing was asked
 * @param called the requests the upstream got
 * @param problems of the document
 */
record Observation(@Nullable Answer answer, List<Received> called, List<Problem> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In what it differs from what is expected; only what that states is compared. */
    List<String> differencesFrom(JsonNode expected) {
        List<String> differences = new ArrayList<>();
        expected.forEachEntry((key, value) -> {
            switch (key) {
                case "status" -> compare(key, value.intValue(), answer.status(), differences);
                case "headers" -> compareFields(value, answer::field, differences);
                case "body" -> compareBody(value, differences);
                case "upstream" -> compareCall(value, differences);
                case "accepted" -> compare(key, List.of(), messages(Problem.Severity.ERROR), differences);
                case "refused" -> compare(key, texts(value), messages(Problem.Severity.ERROR), differences);
                case "warnings" -> compare(key, texts(value), messages(Problem.Severity.WARNING), differences);
                default -> throw new AssertionError("nothing is known of " + key);
            }
        });
        return differences;
    }

    private static void compare(
            String what, @Nullable Object expected, @Nullable Object found, List<String> differences) {
        if (!Objects.equals(expected, found)) {
            differences.add(what + ": expected " + expected + ", found " + found);
        }
    }

    private static void compareFields(
            JsonNode fields, Function<String, @Nullable String> found, List<String> differences) {
        fields.forEachEntry((name, value) -> {
            String own = found.apply(name);
            if (value.isObject()) {
                compare("a field " + name, value.get("present").booleanValue(), own != null, differences);
            } else {
                compare(name, value.textValue(), own, differences);
            }
        });
    }

    private void compareBody(JsonNode expected, List<String> differences) {
        String text = new String(answer.bytes(), UTF_8);
        if (expected.isTextual()) {
            compare("body", expected.textValue(), text, differences);
            return;
        }
        try {
            compare("body", expected, JSON.readTree(text), differences);
        } catch (JsonProcessingException e) {
            differences.add("body: no JSON: " + text);
        }
    }

    private void compareCall(JsonNode expected, List<String> differences) {
        compare("calls", expected.isNull() ? 0 : 1, called.size(), differences);
        if (expected.isNull() || called.size() != 1) {
            return;
        }
        Received call = called.getFirst();
        expected.forEachEntry((key, value) -> {
            switch (key) {
                case "line" -> compare(key, value.textValue(), call.line(), differences);
                case "headers" -> compareFields(value, name -> field(call, name), differences);
                case "body" -> compare(key, value.textValue(), new String(call.body(), ISO_8859_1), differences);
                default -> throw new AssertionError("nothing is known of " + key);
            }
        });
    }

    private static @Nullable String field(Received call, String name) {
        String prefix = name + ": ";
        return call.head()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    private List<String> messages(Problem.Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::message)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }
}
