package multicloud.gateway.testing;

import static multicloud.gateway.testing.Ask.ask;
import static multicloud.gateway.testing.Ask.get;
import static multicloud.gateway.testing.RawUpstream.answering;
import static multicloud.gateway.testing.RawUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import multicloud.gateway.auth.Forgeries;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream.Script;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.ConnectionLimits;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that the gateway gives by itself: what it says, that its page may read it, and that it tells nothing. */
public abstract class OwnAnswersSuite extends SecurityTesting {
    protected static final String CORS = """
            "cors": { "allow_origins": ["https://app.test"], "expose_headers": ["x-request-id"], "allow_credentials": true },""";
    protected static final Map<String, String> PERMISSION =
            Map.of("allow-origin", "https://app.test", "expose-headers", "x-request-id", "allow-credentials", "true");

    private static final String ORIGIN = "Origin: https://app.test";

    /** What provokes an answer, and which. */
    record Provocation(String name, Ask ask, Script upstream, int status, String code) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A gateway in front of this upstream; {@code cors} is empty or {@link #CORS}. */
    protected final Edge given(String cors, RawUpstream upstream) throws IOException {
        return given(document(cors, upstream.port()), SECRETS, transport());
    }

    private static String document(String cors, int port) {
        return """
               { %s
                 "authorizer": { "type": "jwt", "issuer": "https://issuer.test", "audience": "shop", "algorithm": "HS256", "secret": "$secret.JWT_SECRET" },
                 "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d", "timeouts": { "first_byte": "100ms" } },
                              { "alias": "inside", "url": "http://inside.test:%d" },
                              { "alias": "nobody", "url": "http://127.0.0.1:1" } ],
                 "paths": [ { "method": "GET", "path": "/guarded", "auth": { "scopes": ["orders:write"] }, "integration": { "type": "http", "server": "s" } },
                            { "method": "GET", "path": "/claims", "auth": { "claims": { "tenant": ["a"] } }, "integration": { "type": "http", "server": "s" } },
                            { "method": "GET", "path": "/inside", "integration": { "type": "http", "server": "inside" } },
                            { "method": "GET", "path": "/nobody", "integration": { "type": "http", "server": "nobody" } },
                            { "method": ["GET", "POST"], "path": "/up", "limits": { "body": "1KB" }, "integration": { "type": "http", "server": "s" } },
                            { "method": ["GET"], "path": "/p/{.+}", "integration": { "type": "http", "server": "s" } },
                            { "method": ["GET"], "path": "/bug", "integration": { "type": "http", "server": "s" } } ] }
               """.formatted(cors, port, port);
    }

    static Stream<Provocation> provocations() {
        String reader = "Authorization: Bearer " + Forgeries.byName("").get("reader");
        Script silent = peer -> {
            peer.request();
            peer.awaitClose();
        };
        Script reset = peer -> {
            peer.request();
            peer.reset();
        };
        return Stream.of(
                own("an ambiguous path", get("//up"), 400, "malformed_request"),
                own("a fragment in the query", get("/up?key=a-secret#x"), 400, "malformed_request"),
                own("no token", get("/guarded"), 401, "AUTH_ERROR"),
                own("a token that is none", get("/guarded", "Authorization: Bearer a.b.c"), 401, "ERR_JWS_INVALID"),
                own("no scope", get("/guarded", reader), 403, "insufficient_scope"),
                own("no claim", get("/claims", reader), 403, "claim_mismatch"),
                own("no route", get("/none?key=a-secret"), 404, null),
                own("another method", ask("PUT", "/up"), 405, "method_not_allowed"),
                own("a large body", ask("POST", "/up").with("a".repeat(1025)), 413, "body_too_large"),
                own("a long path", get("/" + "a".repeat(8 * 1024)), 414, "target_too_long"),
                own("a long query", get("/up?" + "a".repeat(16 * 1024 + 1)), 414, "target_too_long"),
                own("many fields", get("/up", fields(101)), 431, "headers_too_large"),
                own("large fields", get("/up", "X: " + "a".repeat(64 * 1024)), 431, "headers_too_large"),
                own("a bug", get("/bug?key=a-secret"), 500, null),
                own("a method that is none", ask("PROPFIND", "/up"), 501, "method_not_implemented"),
                own("a forbidden address", get("/inside"), 502, "address_refused"),
                own("an upstream that is not there", get("/nobody"), 502, "upstream_unreachable"),
                new Provocation("a reset", get("/up", "X-Key: a-secret"), reset, 502, "upstream_reset"),
                new Provocation("half a head", get("/up"), once("HTTP/1.1 200 OK\r\nX:"), 502, "upstream_reset"),
                new Provocation("garbage", get("/up"), once("no HTTP at all\r\n\r\n"), 502, "upstream_malformed"),
                new Provocation("silence", get("/up"), silent, 504, "upstream_timeout"),
                own("a loop", get("/up", "CDN-Loop: multicloud-gateway, multicloud-gateway"), 508, "loop_detected"));
    }

    private static Provocation own(String name, Ask ask, int status, String code) {
        return new Provocation(name, ask, answering(OK), status, code);
    }

    private static String[] fields(int count) {
        String[] fields = new String[count];
        for (int i = 0; i < count; i++) {
            fields[i] = "X-" + i + ": 1";
        }
        return fields;
    }

    static Stream<Arguments> provocationsAndOrigins() {
        return provocations()
                .flatMap(each -> Stream.of(
                        Arguments.of(each, "one that may read", CORS, ORIGIN, PERMISSION, "Origin"),
                        Arguments.of(each, "another", CORS, "Origin: https://evil.test", Map.of(), "Origin"),
                        Arguments.of(each, "none", CORS, "X-No: origin", Map.of(), "Origin"),
                        Arguments.of(each, "one where CORS is off", "", ORIGIN, Map.of(), null)));
    }

    @ParameterizedTest(name = "{0}, asked from an origin: {1}")
    @MethodSource("provocationsAndOrigins")
    void anOwnAnswerSaysWhoMayReadItAndKeepsSecrets(
            Provocation each, String origin, String cors, String field, Map<String, String> permission, String vary)
            throws Exception {
        RawUpstream upstream = upstream(each.upstream());
        Edge edge = given(cors, upstream);
        Ask ask = each.ask().and(field);
        Answer answer = edge.ask(ask);
        JsonNode line = logged();
        assertAll(
                () -> assertOwn(answer, each.status(), each.code()),
                () -> assertThat(cors(answer)).isEqualTo(permission),
                () -> assertThat(answer.field("vary")).isEqualTo(vary),
                () -> assertThat(line.path("status").asInt()).isEqualTo(each.status()),
                () -> keepsSecrets(ask, line.toString(), own(answer)),
                () -> assertThat(line + answer.text()).doesNotContain("a-secret", "127.0.0.1:" + upstream.port()),
                () -> assertThat(answer.text())
                        .doesNotContain("127.0.0.1", "inside.test", "Exception", "at multicloud"));
    }

    /** The machine's own, but for a name that leads inside, and a bug. */
    private static Transport transport() {
        SocketTransport sockets = new SocketTransport(
                ConnectionLimits.DEFAULT,
                InstantSource.system(),
                OwnAnswersSuite::resolve,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                null);
        return new Transport() {
            @Override
            public Outcome send(Call call) {
                if (call.request().target().path().equals("/bug")) {
                    throw new IllegalStateException(
                            "a-secret of " + call.request().target().query());
                }
                return sockets.send(call);
            }

            @Override
            public void closeIdle() {
                sockets.closeIdle();
            }

            @Override
            public void close() {
                sockets.close();
            }
        };
    }

    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        if (name.equals("inside.test")) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        throw new UnknownHostException(name);
    }

    @ParameterizedTest
    @CsvSource({"8192, 0, 98, 0", "3, 16384, 0, 0", "3, 0, 99, 0", "3, 0, 0, 65000"})
    void whatIsJustWithinTheLimitsPasses(int path, int query, int count, int size) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given("", upstream);
        List<String> fields = new ArrayList<>(List.of(fields(count)));
        if (size > 0) {
            fields.add("X: " + "a".repeat(size));
        }
        String target = "/p/" + "a".repeat(path - 3) + (query > 0 ? "?" + "q".repeat(query) : "");
        assertThat(edge.ask(new Ask("GET", target, fields, null)).status()).isEqualTo(200);
        assertThat(upstream.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "deflate"})
    void aPackedBodyIsCountedAndPassedOnAsItCame(String encoding) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given("", upstream);
        String packed = "\u001f\u008b\b\u0000" + "\u00ff".repeat(1020);
        Ask ask = ask("POST", "/up", "Content-Encoding: " + encoding).with(packed);
        assertThat(edge.ask(ask).status()).isEqualTo(200);
        assertThat(upstream.requests().getFirst().text()).isEqualTo(packed);
    }
}
