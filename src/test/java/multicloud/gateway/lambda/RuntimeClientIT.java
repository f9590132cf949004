package multicloud.gateway.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.lambda.RuntimeApi.Answer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The package under Lambda's own runtime client, which is native code for Linux alone. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client's native library is for Linux alone")
@Timeout(120)
class RuntimeClientIT {
    private static final int AT_ONCE = 8;

    @TempDir
    static Path taskFolder;

    @TempDir
    Path documents;

    private final RuntimeApi api = newApi();

    @BeforeAll
    static void unpack() throws IOException {
        FunctionProcess.unpack(taskFolder);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void everySampleEventIsAnsweredAndLogged() throws Exception {
        try (FunctionProcess function = start(Map.of("GATEWAY_CONFIG_URI", "samplesconfig/events.json"))) {
            assertThat(function.line(line -> is(line, "config")).get("event").textValue())
                    .isEqualTo("loaded");
            for (String name : Events.samples()) {
                JsonNode event = Events.MAPPER.readTree(Events.sample(name));
                JsonNode expected = Events.MAPPER.readTree(Events.expected(name));
                assertThat(answer(event)).as(name).isEqualTo(expected);
                if (event.has("rawPath")) {
                    JsonNode line = function.line(candidate -> is(candidate, "access"));
                    assertThat(line.get("request_id")).isEqualTo(event.at("/requestContext/requestId"));
                    assertThat(line.get("status")).isEqualTo(expected.get("statusCode"));
                    assertThat(line.get("path")).isEqualTo(event.get("rawPath"));
                    assertThat(line.get("client_ip").textValue()).isEqualTo("203.0.113.7");
                }
            }
            assertThat(function.linesSoFar()).noneMatch(line -> line.contains("\"access\""));
        }
    }

    @Test
    void anUpstreamGetsTheBytesAndItsAnswerComesBack() throws Exception {
        byte[] body = {0, 1, (byte) 0x80, (byte) 0xff, 'x'};
        String answer = """
                HTTP/1.1 201 Created
                Set-Cookie: a=1
                Set-Cookie: b=2
                Content-Type: application/octet-stream
                Content-Length: 5

                """.replace("\n", "\r\n");
        RawUpstream upstream =
                RawUpstream.of(peer -> peer.send(answer + peer.request().text()));
        try (upstream;
                FunctionProcess function = start(Map.of("GATEWAY_CONFIG_JSON", proxyTo(upstream)))) {
            ObjectNode event = Events.event("POST", "/up/a%20b", "x=1&y=%20&x=2");
            event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
            JsonNode result = answer(event);
            assertThat(result.get("statusCode").intValue()).isEqualTo(201);
            assertThat(result.get("cookies").toString()).isEqualTo("[\"a=1\",\"b=2\"]");
            assertThat(Base64.getDecoder().decode(result.get("body").textValue()))
                    .isEqualTo(body);
            assertThat(upstream.requests()).hasSize(1);
            assertThat(upstream.requests().getFirst().line()).isEqualTo("POST /a%20b?x=1&y=%20&x=2 HTTP/1.1");
            assertThat(upstream.requests().getFirst().body()).isEqualTo(body);
            JsonNode line = function.line(candidate -> is(candidate, "access"));
            assertThat(line.get("server").textValue()).isEqualTo("up");
            assertThat(line.at("/attempts/0/outcome").textValue()).isEqualTo("201");
            assertThat(line.get("bytes_in").intValue()).isEqualTo(body.length);
            assertThat(line.get("bytes_out").intValue()).isEqualTo(body.length);
        }
    }

    @Test
    void anEventOfAnotherKindIsAnErrorAndTheNextIsAnswered() throws Exception {
        try (FunctionProcess function = start(Map.of("GATEWAY_CONFIG_URI", "samplesconfig/events.json"))) {
            for (String event : List.of("{\"Records\":[]}", "[]", "{\"version\":")) {
                Answer error = api.invoke(event).get(30, TimeUnit.SECONDS);
                assertThat(error.error()).isTrue();
                JsonNode posted = Events.MAPPER.readTree(error.body());
                assertThat(posted.get("errorType").textValue()).isEqualTo(UnknownEventException.class.getName());
                assertThat(posted.get("errorMessage").textValue()).contains("payload format 2.0");
            }
            assertThat(answer(Events.event("GET", "/", "")).get("statusCode").intValue())
                    .isEqualTo(200);
            assertThat(function.line(line -> is(line, "access")).get("status").intValue())
                    .isEqualTo(200);
        }
    }

    @Test
    void aDocumentThatComesLaterIsTaken() throws Exception {
        Path document = documents.resolve("gateway.json");
        try (FunctionProcess function = start(Map.of("GATEWAY_CONFIG_URI", document.toString()))) {
            JsonNode early = answer(Events.event("GET", "/", ""));
            assertThat(early.get("statusCode").intValue()).isEqualTo(503);
            assertThat(early.get("body").textValue())
                    .isEqualTo("{\"message\":\"API configuration is missing or invalid.\"}");
            assertThat(function.line(line -> is(line, "config")).get("event").textValue())
                    .isEqualTo("unreachable");
            write(document, "later");
            JsonNode result = answer(Events.event("GET", "/", ""));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (result.get("statusCode").intValue() == 503 && System.nanoTime() < end) {
                result = answer(Events.event("GET", "/", ""));
            }
            assertThat(result.get("body").textValue()).isEqualTo("\"later\"");
            assertThat(function.line(line -> is(line, "config")).get("event").textValue())
                    .isEqualTo("loaded");
        }
    }

    @Test
    void manyThreadsCallTheOneHandler() throws Exception {
        CountDownLatch all = new CountDownLatch(AT_ONCE);
        RawUpstream upstream = RawUpstream.of(peer -> {
            String path = peer.request().line().split(" ", 3)[1];
            all.countDown();
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n" + path);
        });
        Map<String, String> environment = Map.of(
                "GATEWAY_CONFIG_JSON", proxyTo(upstream), "AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(AT_ONCE));
        try (upstream;
                FunctionProcess function = start(environment)) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(api.invoke(Events.event("GET", "/up/" + i, "").toString()));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                JsonNode result = Events.MAPPER.readTree(
                        answers.get(i).get(30, TimeUnit.SECONDS).body());
                assertThat(result.get("body").textValue()).isEqualTo("/" + i);
                function.line(line -> is(line, "access"));
            }
        }
    }

    @Test
    void aRestoredFunctionServesTheDocumentOfNow() throws Exception {
        Path document = documents.resolve("gateway.json");
        write(document, "before");
        Map<String, String> environment =
                Map.of("GATEWAY_CONFIG_URI", document.toString(), "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        try (FunctionProcess function = start(environment)) {
            assertThat(api.snapshotTaken().await(30, TimeUnit.SECONDS)).isTrue();
            write(document, "after");
            api.restore();
            assertThat(answer(Events.event("GET", "/", "")).get("body").textValue())
                    .isEqualTo("\"after\"");
            assertThat(function.linesSoFar()).noneMatch(line -> line.contains("rehearsal"));
        }
    }

    private FunctionProcess start(Map<String, String> environment) throws IOException {
        return new FunctionProcess(taskFolder, api, environment);
    }

    private JsonNode answer(JsonNode event) throws Exception {
        Answer answer = api.invoke(event.toString()).get(30, TimeUnit.SECONDS);
        assertThat(answer.error()).as(answer.body()).isFalse();
        return Events.MAPPER.readTree(answer.body());
    }

    private static boolean is(JsonNode line, String type) {
        return line.path("type").asText().equals(type);
    }

    /** Puts a document in place in one step: a function that looks meanwhile sees one or the other. */
    private static void write(Path document, String says) throws IOException {
        Path next = document.resolveSibling("next.json");
        Files.writeString(next, """
                {"paths":[{"method":"GET","path":"/","response":"%s"}]}
                """.formatted(says));
        Files.move(next, document, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String proxyTo(RawUpstream upstream) {
        return """
                {"servers":[{"alias":"up","url":"http://127.0.0.1:%d"}],
                 "paths":[{"method":"ANY","path":"/up/{.+}","integration":{"type":"http_proxy","server":"up"}}]}
                """.formatted(upstream.port());
    }

    private static RuntimeApi newApi() {
        try {
            return new RuntimeApi();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
