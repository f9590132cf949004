package multicloud.gateway.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Events for tests: the samples of the project, and function-URL events put together. */
public final class Events {
    public static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SAMPLES = Path.of("events");

    private Events() {}

    /** The names of the samples, without {@code .json}. */
    public static List<String> samples() {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".expected.json"))
                    .map(name -> name.substring(0, name.length() - ".expected.json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(SAMPLES.resolve(name + ".json"));
    }

    public static byte[] expected(String name) throws IOException {
        return sample(name + ".expected");
    }

    /** A function-URL event with the least there is in one. */
    public static ObjectNode event(String method, String path, String query) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("version", "2.0").put("rawPath", path).put("rawQueryString", query);
        event.putObject("headers").put("host", "gateway.example.com");
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", "id-1").put("domainName", "domain.example.com");
        context.putObject("http").put("method", method).put("sourceIp", "203.0.113.7");
        return event.put("isBase64Encoded", false);
    }

    public static ObjectNode headers(ObjectNode event) {
        return (ObjectNode) event.get("headers");
    }

    public static ObjectNode context(ObjectNode event) {
        return (ObjectNode) event.get("requestContext");
    }

    /** What the function makes of an event. */
    public static Object decoded(ObjectNode event) throws IOException {
        return new EventDecoder().decode(new ByteArrayInputStream(MAPPER.writeValueAsBytes(event)));
    }

    /** A result's bytes. */
    static byte[] bytes(Result result) {
        return Arrays.copyOf(result.json().bytes(), result.json().length());
    }
}
