package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.LambdaEvent.HttpCall;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.transport.SocketTransport;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is invoked as an event: it is told to be none, or its result is one that Lambda takes, and its log line is one line of JSON.
 * Sent back as it came, a request is a valid result, too.
 */
public final class EventFuzz {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String DOCUMENT = """
            {"cors": {"allow_origins": ["https://app.test"], "allow_headers": ["*"], "allow_methods": ["*"], "allow_credentials": true},
             "authorizer": {"type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "0123456789abcdef0123456789abcdef"},
             "paths": [{"method": "ANY", "path": "/guarded", "auth": true},
                       {"method": "ANY", "path": "/{.+}", "response": {"a": 1},
                        "mapping": {"response_headers": {"x-q": "$request.query.q", "x-h": "$request.header.x-h"}}}]}""";

    private static final AtomicReference<String> LINE = new AtomicReference<>("");
    private static final FunctionUrlHandler HANDLER = new FunctionUrlHandler(
            LiveGateway.open(
                    new Settings(Map.of("GATEWAY_CONFIG_JSON", DOCUMENT), Path.of("")),
                    SocketTransport.system(null),
                    (line, length) -> {},
                    CLOCK),
            new AccessLog((line, length) -> LINE.set(new String(line, 0, length, UTF_8)), CLOCK),
            Ticker.SYSTEM);

    private EventFuzz() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try {
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            HANDLER.handleRequest(new ByteArrayInputStream(input), result, null);
            switch (new EventDecoder().decode(new ByteArrayInputStream(input))) {
                case LambdaEvent.WarmUp() -> assertThat(result.toString(UTF_8)).isEqualTo("{}");
                case HttpCall call -> {
                    JsonNode answer = checked(result.toByteArray());
                    checkLine(call, answer);
                    checkEcho(call);
                }
            }
        } catch (UnknownEventException told) {
            assertThat(told.getMessage()).startsWith("The event is no function-URL event");
        }
    }

    private static JsonNode checked(byte[] result) {
        assertThat(result.length).isLessThanOrEqualTo(ResultEncoder.LARGEST_RESULT);
        JsonNode answer = STRICT.readTree(result);
        assertThat(answer.path("statusCode").asInt()).isBetween(200, 599);
        answer.path("headers").properties().forEach(field -> {
            assertThat(field.getKey())
                    .isEqualTo(field.getKey().toLowerCase(Locale.ROOT))
                    .matches(Grammar::isToken);
            assertThat(field.getValue().asString()).matches(FieldText::isValue);
        });
        assertThat(answer.path("body").isString()).isTrue();
        assertThat(answer.path("isBase64Encoded").isBoolean()).isTrue();
        return answer;
    }

    private static void checkLine(HttpCall call, JsonNode answer) {
        String line = LINE.getAndSet("");
        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode logged = STRICT.readTree(line);
        assertThat(logged.path("status").asInt())
                .isEqualTo(answer.path("statusCode").asInt());
        assertThat(logged.has("fault")).as(line).isFalse();
        assertThat(logged.path("request_id").asString())
                .isEqualTo(answer.path("headers").path("x-request-id").asString());
        if (!call.wellFormed()) {
            assertThat(logged.path("status").asInt()).isEqualTo(400);
        }
    }

    private static void checkEcho(HttpCall call) throws IOException {
        Request request = call.request();
        Exchange exchange = Exchange.begin(
                new Request("GET", request.target(), request.headers(), request.body()),
                call.id(),
                call.client(),
                Deadline.after(Duration.ofSeconds(10), Ticker.SYSTEM));
        Result result = new ResultEncoder().encode(new Response(200, request.headers(), request.body()), exchange);
        JsonNode echo = checked(Events.bytes(result));
        if (echo.path("statusCode").asInt() == 200) {
            String body = echo.path("body").asString();
            byte[] bytes = echo.path("isBase64Encoded").asBoolean()
                    ? Base64.getDecoder().decode(body)
                    : body.getBytes(UTF_8);
            assertThat(bytes).isEqualTo(request.body().bytes(Integer.MAX_VALUE, Failure.BODY_TOO_LARGE));
        }
    }
}
