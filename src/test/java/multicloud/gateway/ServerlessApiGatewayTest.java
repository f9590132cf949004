package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Ask;
import multicloud.gateway.testing.FunctionUrlEdge;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents of Serverless API Gateway, asked the same here as there. What it answers is recorded in {@code migration/cases.json}: a
 * case without {@code ours} is answered alike; the others say by which of its holes, or why else, they are not.
 */
@Timeout(30)
class ServerlessApiGatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode RECORD = record();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));

    @TempDir
    Path folder;

    private static JsonNode record() {
        try {
            return JSON.readTree(
                    Path.of("src/test/resources/migration/cases.json").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> cases() {
        return RECORD.get("cases").valueStream().map(one -> {
            String hole = one.has("hole") ? " (hole " + one.get("hole") + ")" : "";
            String difference =
                    one.has("difference") ? " (" + one.get("difference").textValue() + ")" : "";
            return Arguments.of(one.get("name").textValue() + hole + difference, one);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCaseIsAnsweredAsThereOrAsItSays(String name, JsonNode one) throws IOException {
        Observation observation = observe(one);
        if (one.has("ours")) {
            assertThat(one.has("hole") ^ one.has("difference")).isTrue();
            assertThat(observation.differencesFrom(one.get("ours"))).isEmpty();
            assertThat(observation.differencesFrom(one.get("theirs"))).isNotEmpty();
        } else {
            assertThat(one.has("hole") || one.has("difference")).isFalse();
            assertThat(observation.differencesFrom(one.get("theirs"))).isEmpty();
        }
    }

    @Test
    void everyHoleHasACaseOrAReasonToHaveNone() {
        TreeSet<Integer> holes = new TreeSet<>();
        RECORD.findValues("hole").forEach(hole -> holes.add(hole.intValue()));
        RECORD.get("holes without a case").fieldNames().forEachRemaining(hole -> holes.add(Integer.valueOf(hole)));
        assertThat(holes)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
    }

    private Observation observe(JsonNode one) throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(answer(one.path("upstream"))));
                Socket closed = new Socket();
                Transport sockets = SocketTransport.system(null)) {
            closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Map<String, String> environment = environment();
            String document = document(one, upstream.port(), closed.getLocalPort());
            if (document != null) {
                environment.put("GATEWAY_CONFIG_JSON", document);
            }
            if (one.has("stored")) {
                Path stored = Files.writeString(
                        folder.resolve("stored.json"), one.get("stored").toString());
                environment.put("GATEWAY_CONFIG_URI", stored.toString());
            }
            Transport transport = one.has("fault") ? new Faulty() : sockets;
            LiveGateway live =
                    LiveGateway.open(new Settings(environment, folder), transport, (line, length) -> {}, CLOCK);
            FunctionUrlEdge edge = new FunctionUrlEdge(live, new AccessLog((line, length) -> {}, CLOCK));
            return new Observation(
                    one.has("request") ? edge.ask(ask(one.get("request"))) : null,
                    upstream.requests(),
                    document == null
                            ? List.of()
                            : ConfigReader.read(document.getBytes(UTF_8), (kind, name) -> environment.get(name))
                                    .problems());
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        RECORD.get("environment").forEachEntry((name, value) -> environment.put(name, value.textValue()));
        return environment;
    }

    private static @Nullable String document(JsonNode one, int upstream, int closed) {
        JsonNode document = one.get("document");
        if (document == null) {
            return null;
        }
        JsonNode own = document.isTextual() ? RECORD.get("documents").get(document.textValue()) : document;
        return own.toString().replace("UPSTREAM", "127.0.0.1:" + upstream).replace("CLOSED", "127.0.0.1:" + closed);
    }

    private static String answer(JsonNode upstream) {
        String body = upstream.path("body").asText("from the upstream");
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + upstream.path("status").asInt(200) + " As Asked\r\n");
        upstream.path("headers")
                .forEachEntry((name, value) ->
                        head.append(name).append(": ").append(value.textValue()).append("\r\n"));
        return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static Ask ask(JsonNode request) {
        List<String> fields = new ArrayList<>();
        request.path("headers").forEachEntry((name, value) -> fields.add(name + ": " + value.textValue()));
        if (request.has("token")) {
            fields.add("authorization: Bearer " + token(request.get("token").textValue()));
        }
        return new Ask(
                request.path("method").asText("GET"),
                request.get("target").textValue(),
                fields,
                request.path("body").textValue());
    }

    private static String token(String name) {
        JsonNode token = RECORD.get("tokens").get(name);
        JsonNode header = token.has("header")
                ? token.get("header")
                : JSON.createObjectNode().put("alg", "HS256").put("typ", "JWT");
        return Tokens.hs256(
                header.toString(),
                token.get("claims").toString(),
                token.path("secret").asText(RECORD.at("/environment/JWT").textValue()));
    }

    /** A transport with a bug. */
    private static final class Faulty implements Transport {
        @Override
        public Outcome send(Call call) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void closeIdle() {}

        @Override
        public void close() {}
    }
}
