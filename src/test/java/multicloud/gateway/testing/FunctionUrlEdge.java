package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.FunctionUrlHandler;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.RawClient.Answer;
import org.jspecify.annotations.Nullable;

/** The Lambda handler, called as a function URL calls it: names in lower case, repeated fields joined, bodies in base64. */
public final class FunctionUrlEdge implements Edge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FunctionUrlHandler handler;
    private final @Nullable Map<String, String> caller;

    public FunctionUrlEdge(LiveGateway live, AccessLog log) {
        this(live, log, null);
    }

    private FunctionUrlEdge(LiveGateway live, AccessLog log, @Nullable Map<String, String> caller) {
        this.handler = new FunctionUrlHandler(live, log, Ticker.SYSTEM);
        this.caller = caller;
    }

    /** The same with URLs of type AWS_IAM, whose events say this of the caller. */
    public static FunctionUrlEdge signed(LiveGateway live, AccessLog log, Map<String, String> caller) {
        return new FunctionUrlEdge(live, log, caller);
    }

    @Override
    public Answer ask(Ask ask) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event(ask))), result, null);
        return answer(JSON.readTree(result.toByteArray()));
    }

    private ObjectNode event(Ask ask) {
        int mark = ask.target().indexOf('?');
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0").put("routeKey", "$default");
        event.put("rawPath", mark < 0 ? ask.target() : ask.target().substring(0, mark));
        event.put("rawQueryString", mark < 0 ? "" : ask.target().substring(mark + 1));
        ObjectNode headers = event.putObject("headers");
        fields(ask).forEach(headers::put);
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", UUID.randomUUID().toString()).put("domainName", Ask.HOST);
        context.putObject("http").put("method", ask.method()).put("sourceIp", clientIp());
        if (caller != null) {
            ObjectNode iam = context.putObject("authorizer").putObject("iam").putNull("cognitoIdentity");
            caller.forEach(iam::put);
        }
        if (ask.body() != null) {
            event.put("body", Base64.getEncoder().encodeToString(ask.bytes()));
        }
        return event.put("isBase64Encoded", ask.body() != null);
    }

    private static Map<String, String> fields(Ask ask) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("host", Ask.HOST);
        for (String field : ask.fields()) {
            fields.merge(Ask.name(field).toLowerCase(Locale.ROOT), Ask.value(field), (a, b) -> a + "," + b);
        }
        if (ask.body() != null) {
            fields.put("content-length", Integer.toString(ask.bytes().length));
        }
        return fields;
    }

    private static Answer answer(JsonNode result) {
        List<String> fields = new ArrayList<>();
        result.path("headers")
                .properties()
                .forEach(field ->
                        fields.add(field.getKey() + ": " + field.getValue().asText()));
        result.path("cookies").forEach(cookie -> fields.add("set-cookie: " + cookie.asText()));
        String body = result.path("body").asText("");
        byte[] bytes =
                result.path("isBase64Encoded").asBoolean() ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8);
        return new Answer(result.path("statusCode").asInt(), fields, new String(bytes, ISO_8859_1));
    }

    @Override
    public String clientIp() {
        return "203.0.113.7";
    }

    @Override
    public String clientScheme() {
        return "https";
    }

    @Override
    public int clientPort() {
        return 443;
    }

    @Override
    public void close() {}
}
