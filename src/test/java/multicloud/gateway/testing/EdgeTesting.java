package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream.Script;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A gateway behind an edge, and its upstreams, for one test, at a second that never passes. */
@Timeout(30)
public abstract class EdgeTesting {
    protected static final long NOW = 1_800_000_000;
    protected static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    static final ObjectMapper JSON = new ObjectMapper();

    /** What clients are told, as Serverless API Gateway's know it. */
    private static final Map<String, String> REFUSALS = Map.ofEntries(
            Map.entry("ERR_JWKS_NO_MATCHING_KEY", "No matching key found in JWKS."),
            Map.entry("ERR_JWKS_MULTIPLE_MATCHING_KEYS", "Multiple matching keys found in JWKS."),
            Map.entry("AUTH_ERROR", "No token provided or token format is invalid."),
            Map.entry("ERR_JWT_EXPIRED", "Token has expired."),
            Map.entry("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWT claim validation failed"),
            Map.entry("ERR_JWT_INVALID", "Invalid JWT"),
            Map.entry("ERR_JWS_INVALID", "Invalid JWS"),
            Map.entry("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "Signature verification failed"),
            Map.entry("ERR_JOSE_ALG_NOT_ALLOWED", "Algorithm not allowed"),
            Map.entry("api_key_missing", "An API key is needed here."),
            Map.entry(
                    "caller_unknown",
                    "AWS has made sure of no caller, which it does in front of a function URL of type AWS_IAM alone."),
            Map.entry("api_key_refused", "The API key is not one that is let in here."));

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(NOW));

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final BlockingQueue<String> accessLines = new ArrayBlockingQueue<>(100);
    private final List<String> configLines = new CopyOnWriteArrayList<>();

    /** The edge in front of this gateway. */
    protected abstract Edge edge(LiveGateway live, AccessLog accessLog) throws IOException;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** A gateway with one document. */
    protected final Edge given(String document) throws IOException {
        return given(document, Map.of(), SocketTransport.system(null));
    }

    /** A gateway with one document, the variables it refers to, and the transport that it calls its upstreams by. */
    final Edge given(String document, Map<String, String> variables, Transport transport) throws IOException {
        LiveGateway live = live(document, variables, transport);
        assertThat(live.ready()).as(live.status().toString()).isTrue();
        return edgeOf(live);
    }

    /** A gateway that may have refused its document. */
    final LiveGateway live(String document, Map<String, String> variables, Transport transport) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("GATEWAY_CONFIG_JSON", document);
        return opened(LiveGateway.open(
                new Settings(environment, Path.of("")),
                opened(transport),
                (line, length) -> configLines.add(new String(line, 0, length, UTF_8)),
                CLOCK));
    }

    final Edge edgeOf(LiveGateway live) throws IOException {
        return opened(edge(
                live, new AccessLog((line, length) -> accessLines.add(new String(line, 0, length, UTF_8)), CLOCK)));
    }

    protected final RawUpstream upstream(Script... scripts) throws IOException {
        return opened(RawUpstream.of(scripts));
    }

    final <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** The next access line. */
    protected final JsonNode logged() throws IOException, InterruptedException {
        String line = accessLines.poll(10, TimeUnit.SECONDS);
        assertThat(line).as("the access line").isNotNull();
        return JSON.readTree(line);
    }

    /** The lines about documents so far. */
    final List<String> configLines() {
        return configLines;
    }

    /** An answer of the gateway's own: what it says, in which shape, and nothing beside it; {@code code} is null where it has none. */
    protected static void assertOwn(Answer answer, int status, String code) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.field("content-type")).isEqualTo("application/json");
        assertThat(answer.field("cache-control")).isEqualTo("no-store");
        String id = answer.field("x-request-id");
        assertThat(id).isNotBlank();
        Map<String, String> body = new HashMap<>();
        JSON.readTree(answer.bytes())
                .properties()
                .forEach(member -> body.put(member.getKey(), member.getValue().textValue()));
        if (status == 401) {
            assertRefused(answer, code, body);
        } else if (status == 403) {
            assertThat(body).containsOnlyKeys("error", "code").containsEntry("code", code);
        } else if (code == null) {
            assertThat(body).containsOnlyKeys("message");
        } else {
            assertThat(body)
                    .containsOnlyKeys("message", "code", "request_id")
                    .containsEntry("code", code)
                    .containsEntry("request_id", id);
        }
    }

    private static void assertRefused(Answer answer, String code, Map<String, String> body) {
        String message = REFUSALS.get(code);
        assertThat(body).isEqualTo(Map.of("error", message, "code", code));
        assertThat(answer.field("www-authenticate"))
                .startsWith(
                        switch (code) {
                            case "AUTH_ERROR" -> "Bearer";
                            case "caller_unknown" -> "AWS4-HMAC-SHA256";
                            case "api_key_missing", "api_key_refused" -> "ApiKey header=\"";
                            default -> "Bearer error=\"invalid_token\", error_description=\"" + message + "\"";
                        });
    }
}
