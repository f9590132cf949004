package multicloud.gateway.lambda;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Caller;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/** What was read of one event, and what it amounts to once all of it is there: its keys come in any order. */
final class EventFields {
    private static final int MOST_KEYS_NAMED = 20;
    private static final int LONGEST_ID = 128;
    private static final int HTTPS = 443;
    private static final String ID_MARKS = "-_.:=";

    final List<String> keys = new ArrayList<>(12);
    final List<String> cookies = new ArrayList<>(0);

    @Nullable
    String version;

    @Nullable
    String rawPath;

    @Nullable
    String rawQuery;

    @Nullable
    String body;

    boolean base64;

    @Nullable
    String method;

    @Nullable
    String sourceIp;

    @Nullable
    String requestId;

    @Nullable
    String domainName;

    @Nullable
    String source;

    @Nullable
    String detailType;

    boolean loadBalancer;

    /** Whether AWS has verified a signature, and what it says of who signed. */
    boolean signed;

    final Map<String, String> caller = new HashMap<>(0);

    private final Headers.Builder headers = Headers.builder();
    private boolean wellFormed = true;

    /** Takes one header; what may not stand in a header is left out, and the request is malformed. */
    void header(String name, String value) {
        if (!Grammar.isToken(name) || !FieldText.isValue(value)) {
            wellFormed = false;
            return;
        }
        try {
            headers.add(name, FieldText.toBytes(value));
        } catch (CharacterCodingException halfACharacter) {
            wellFormed = false;
        }
    }

    LambdaEvent toEvent() throws UnknownEventException {
        if ("2.0".equals(version) && rawPath != null && method != null) {
            return httpCall(method, rawPath);
        }
        if ("Scheduled Event".equals(detailType) || "aws.events".equals(source) || "aws.scheduler".equals(source)) {
            return new LambdaEvent.WarmUp();
        }
        throw UnknownEventException.ofKeys(keys.subList(0, Math.min(keys.size(), MOST_KEYS_NAMED)), lookalike());
    }

    private LambdaEvent httpCall(String verb, String path) {
        Headers all = headers.build();
        if (!cookies.isEmpty() && !all.contains("cookie")) {
            header("cookie", String.join("; ", cookies));
            all = headers.build();
        }
        String query = rawQuery == null || rawQuery.isEmpty() ? null : rawQuery;
        RequestTarget target = new RequestTarget(path, signed ? SignedParts.without(query) : query);
        Request request = new Request(verb, target, signed ? SignedParts.without(all) : all, content(all));
        return new LambdaEvent.HttpCall(request, id(), client(all), wellFormed);
    }

    /** An event says the same of an empty body and of none; Content-Length tells them apart. */
    private Body content(Headers all) {
        if (body == null || body.isEmpty()) {
            return all.contains("content-length") ? Body.empty() : Body.absent();
        }
        try {
            return Body.of(base64 ? Base64.getDecoder().decode(body) : FieldText.utf8(body));
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            wellFormed = false;
            return Body.absent();
        }
    }

    private Client client(Headers all) {
        String host = all.first("host");
        if (host == null && domainName != null && Grammar.isToken(domainName)) {
            host = domainName;
        }
        String scheme = "http".equals(all.first("x-forwarded-proto")) ? "http" : "https";
        return new Client(address(), scheme, host, port(all.first("x-forwarded-port")), caller());
    }

    private @Nullable Caller caller() {
        String arn = caller.get("userArn");
        return arn == null
                ? null
                : new Caller(
                        arn,
                        caller.get("accountId"),
                        caller.get("userId"),
                        caller.get("callerId"),
                        caller.get("principalOrgId"));
    }

    /** The peer's address; {@code unknown}, as X-Forwarded-For has it, where there is none. */
    private String address() {
        boolean literal = sourceIp != null && !sourceIp.isEmpty() && only(sourceIp, ":.abcdefABCDEF");
        return sourceIp != null && literal ? sourceIp : "unknown";
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 5 || !only(text, "")) {
            return HTTPS;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? port : HTTPS;
    }

    /** The invocation's id goes into headers and JSON as it is, so it holds nothing that would need escaping there. */
    private String id() {
        boolean safe = requestId != null && !requestId.isEmpty() && requestId.length() <= LONGEST_ID && isId(requestId);
        return requestId != null && safe ? requestId : UUID.randomUUID().toString();
    }

    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
            if (!letterOrDigit && ID_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text holds nothing but digits and these characters. */
    private static boolean only(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && characters.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String lookalike() {
        if (loadBalancer) {
            return "an event of an Application Load Balancer";
        }
        if (keys.contains("httpMethod") || "1.0".equals(version)) {
            return "payload format 1.0 of API Gateway";
        }
        if (keys.contains("Records")) {
            return "records of SQS, SNS, S3, DynamoDB or Kinesis";
        }
        return source == null ? null : "an event of EventBridge that is not a schedule's";
    }
}
