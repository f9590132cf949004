package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FunctionUrlHandlerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Map<String, String> SAMPLE = Map.of("GATEWAY_CONFIG_URI", "samplesconfig/events.json");

    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final SocketTransport transport = SocketTransport.system(null);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(transport));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    static List<String> samples() {
        return Events.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleEventIsAnsweredAsItsGoldenFileSays(String name) throws IOException {
        assertThat(answer(handler(SAMPLE), Events.MAPPER.readTree(Events.sample(name)), null))
                .isEqualTo(Events.MAPPER.readTree(Events.expected(name)));
    }

    @Test
    void theResultIsWrittenInOnePieceAndTheLineComesLast() throws IOException {
        FunctionUrlHandler handler = handler(SAMPLE);
        happened.clear();
        OutputStream output = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                happened.add("result of " + length + " bytes");
                super.write(bytes, offset, length);
            }
        };
        handler.handleRequest(input(Events.event("GET", "/", "")), output, null);
        assertThat(happened).hasSize(2);
        assertThat(happened.get(0)).isEqualTo("result of " + output.toString().length() + " bytes");
        assertThat(access(happened.get(1)).get("bytes_out").intValue()).isEqualTo(39);
    }

    @Test
    void aMalformedRequestIsAnsweredAndLogged() throws IOException {
        ObjectNode event = Events.event("GET", "/", "");
        Events.headers(event).put("x-a", "b\r\nx-evil: 1");
        JsonNode result = answer(handler(SAMPLE), event, null);
        assertThat(result.get("statusCode").intValue()).isEqualTo(400);
        assertThat(result.get("body").textValue()).contains("malformed_request").contains("id-1");
        assertThat(access(happened.getLast()).get("code").textValue()).isEqualTo("malformed_request");
    }

    @Test
    void aWarmUpLeavesNoAccessLine() throws IOException {
        FunctionUrlHandler handler = handler(SAMPLE);
        happened.clear();
        answer(handler, Events.MAPPER.readTree(Events.sample("warm-up")), null);
        assertThat(happened).isEmpty();
    }

    @Test
    void anotherEventIsThrownOutWithoutALine() {
        FunctionUrlHandler handler = handler(SAMPLE);
        happened.clear();
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> handler.handleRequest(
                        new ByteArrayInputStream("{\"Records\":[]}".getBytes(UTF_8)),
                        OutputStream.nullOutputStream(),
                        null));
        assertThat(happened).isEmpty();
    }

    @Test
    void withoutADocumentEveryRequestIsAnsweredWith503() throws IOException {
        FunctionUrlHandler handler = handler(Map.of());
        JsonNode result = answer(handler, Events.event("GET", "/", ""), null);
        assertThat(result.get("statusCode").intValue()).isEqualTo(503);
        assertThat(access(happened.getLast()).get("code").textValue()).isEqualTo("no_config");
    }

    @Test
    void anAnswerIsDueHalfASecondBeforeTheEnd() throws IOException {
        FunctionUrlHandler handler = proxyingTo(upstream(Peer::awaitClose));
        long began = System.nanoTime();
        JsonNode result = answer(handler, Events.event("GET", "/up/x", ""), new Invocation(800));
        assertThat(result.get("statusCode").intValue()).isEqualTo(504);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(250L, 800L);
    }

    @Test
    void aContextThatKnowsNoTimeLeavesTheDefault() throws IOException {
        FunctionUrlHandler handler = proxyingTo(upstream(RawUpstream.answering(OK)));
        assertThat(answer(handler, Events.event("GET", "/up/x", ""), new Invocation(0))
                        .get("statusCode")
                        .intValue())
                .isEqualTo(200);
    }

    @Test
    void anUpstreamThatBreaksOffItsBodyIsA502InTheLogToo() throws IOException {
        FunctionUrlHandler handler =
                proxyingTo(upstream(RawUpstream.once("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf")));
        JsonNode result = answer(handler, Events.event("GET", "/up/x", ""), null);
        assertThat(result.get("statusCode").intValue()).isEqualTo(502);
        JsonNode line = access(happened.getLast());
        assertThat(line.get("status").intValue()).isEqualTo(502);
        assertThat(line.get("code").textValue()).isEqualTo("upstream_reset");
        assertThat(line.at("/attempts/0/stage").textValue()).isEqualTo("body");
    }

    @Test
    void anUpstreamThatSendsMoreThanFitsIsA502() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        FunctionUrlHandler handler = proxyingTo(upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (sent.addAndGet(0x10000) < 100_000_000) {
                peer.send("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
        }));
        JsonNode result = answer(handler, Events.event("GET", "/up/x", ""), null);
        assertThat(result.get("statusCode").intValue()).isEqualTo(502);
        assertThat(access(happened.getLast()).get("code").textValue()).isEqualTo("response_too_large");
        assertThat(sent.get()).isLessThan(20_000_000);
    }

    @Test
    void aSnapshotIsRehearsedWithoutCallingAnyUpstream() throws IOException {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        FunctionUrlHandler handler = handler(Map.of("GATEWAY_CONFIG_JSON", """
                        {"servers":[{"alias":"up","url":"http://127.0.0.1:%d"}],
                         "paths":[{"method":"ANY","path":"/{.+}","integration":{"type":"http_proxy","server":"up"}}]}
                        """.formatted(upstream.port())));
        happened.clear();
        handler.beforeCheckpoint(null);
        handler.afterRestore(null);
        assertThat(happened).isEmpty();
        assertThat(upstream.connections()).isZero();
        assertThat(answer(handler, Events.event("GET", "/x", ""), null)
                        .get("statusCode")
                        .intValue())
                .isEqualTo(200);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void manyThreadsCallOneHandler() throws Exception {
        FunctionUrlHandler handler = handler(SAMPLE);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                ObjectNode event = Events.event("GET", "/orders/" + i, "");
                Events.context(event).put("requestId", "id-" + i);
                answers.add(threads.submit(() -> answer(handler, event, null)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().at("/headers/x-request-id").textValue())
                        .isEqualTo("id-" + i);
            }
        }
        assertThat(happened.stream().filter(line -> line.contains("\"access\"")))
                .hasSize(400);
    }

    private FunctionUrlHandler proxyingTo(RawUpstream upstream) {
        return handler(Map.of("GATEWAY_CONFIG_JSON", """
                        {"servers":[{"alias":"up","url":"http://127.0.0.1:%d"}],
                         "paths":[{"method":"ANY","path":"/up/{.+}","integration":{"type":"http_proxy","server":"up"}}]}
                        """.formatted(upstream.port())));
    }

    private FunctionUrlHandler handler(Map<String, String> environment) {
        LiveGateway live =
                LiveGateway.open(new Settings(environment, Path.of("")), transport, this::log, InstantSource.system());
        opened.add(live);
        return new FunctionUrlHandler(live, new AccessLog(this::log, InstantSource.system()), Ticker.SYSTEM);
    }

    private void log(byte[] line, int length) {
        happened.add(new String(line, 0, length, UTF_8));
    }

    private static JsonNode access(String line) throws IOException {
        JsonNode json = Events.MAPPER.readTree(line);
        assertThat(json.get("type").textValue()).isEqualTo("access");
        return json;
    }

    private static JsonNode answer(FunctionUrlHandler handler, JsonNode event, Context context) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(input(event), output, context);
        return Events.MAPPER.readTree(output.toByteArray());
    }

    private static ByteArrayInputStream input(JsonNode event) {
        return new ByteArrayInputStream(event.toString().getBytes(UTF_8));
    }

    private RawUpstream upstream(RawUpstream.Script script) throws IOException {
        RawUpstream upstream = RawUpstream.of(script);
        opened.add(upstream);
        return upstream;
    }

    /** A context of which only the time is known. */
    private record Invocation(int remainingMillis) implements Context {
        @Override
        public int getRemainingTimeInMillis() {
            return remainingMillis;
        }

        @Override
        public String getAwsRequestId() {
            return "";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 0;
        }

        @Override
        public LambdaLogger getLogger() {
            return null;
        }
    }
}
