package multicloud.gateway.testing;

import static multicloud.gateway.testing.Ask.ask;
import static multicloud.gateway.testing.Ask.get;
import static multicloud.gateway.testing.RawUpstream.answering;
import static multicloud.gateway.testing.RawUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the gateway whichever edge a request comes through. */
public abstract class EdgeContract extends EdgeTesting {
    private static final String GZIP = "\u001f\u008b\u0000\u00ff";

    private static String proxy(RawUpstream upstream, String more) {
        return proxy(upstream.port(), "", more);
    }

    private static String proxy(int port, String serverMore, String more) {
        return """
               { "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d/base"%s } ],
                 "paths": [ { "method": "ANY", "path": "/x/{.+}", "integration": { "type": "http_proxy", "server": "s", "rewrite": "/{.+}" }%s },
                            { "method": "GET", "path": "/v1/{id}", "integration": { "type": "http_proxy", "server": "s" } } ] }
               """.formatted(port, serverMore, more);
    }

    static Stream<Arguments> methodsAndBodies() {
        StringBuilder binary = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            binary.append(c);
        }
        String[] bodies = {null, "", "text", binary.toString(), "x".repeat(100_000)};
        return Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .flatMap(method -> Stream.of(bodies).map(body -> Arguments.of(method, body)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndBodies")
    void everyMethodPassesWithAnyBody(String method, String body) throws Exception {
        String answer = method.equals("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" : OK;
        RawUpstream upstream = upstream(answering(answer));
        Answer got = given(proxy(upstream, "")).ask(ask(method, "/x/y").with(body));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo(method.equals("HEAD") ? "" : "ok");
        Peer.Received received = upstream.requests().getFirst();
        assertThat(received.line()).isEqualTo(method + " /base/y HTTP/1.1");
        assertThat(received.text()).isEqualTo(body == null ? "" : body);
        assertThat(logged().path("bytes_in").asInt()).isEqualTo(received.text().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|",
                "{}",
                "+",
                "flag=",
                "flag",
                "a=1&b=2&a=3",
                "%7c%7C",
                "a=b=c?d",
                "=&&=",
                "%",
                "\"<>^`\\",
                "q=%C3%A9"
            })
    void theQueryPassesByteForByte(String query) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        assertThat(given(proxy(upstream, "")).ask(get("/v1/42?" + query)).status())
                .isEqualTo(200);
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET /base/v1/42?" + query + " HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "/wild/a%20b/c, /base/a%20b/c",
        "/wild, /base/",
        "/wild/, /base/",
        "/wild/a/, /base/a/",
        "/v1/%7E|{}, /base/v1/%7E|{}",
        "/v1/42/, /base/v1/42/",
        "/old/a%3Bb/new/7, /base/7-of-a%3Bb"
    })
    void thePathIsMadeOfTheClientsBytes(String target, String expected) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given("""
                { "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d/base/" } ],
                  "paths": [
                    { "method": "GET", "path": "/wild/{.+}", "integration": { "type": "http", "server": "s" } },
                    { "method": "GET", "path": "/v1/{id}", "integration": { "type": "http", "server": "s" } },
                    { "method": "GET", "path": "/old/{a}/new/{b}", "integration": { "type": "http", "server": "s", "rewrite": "/{b}-of-{a}" } } ] }
                """.formatted(upstream.port()));
        assertThat(edge.ask(get(target)).status()).isEqualTo(200);
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET " + expected + " HTTP/1.1");
    }

    @Test
    void fieldsPassUpstreamSaveThoseAClientMustNotSet() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given(proxy(upstream, ""));
        edge.ask(get(
                "/v1/42",
                "X-Own: a, b",
                "Cookie: a=1; b=2",
                "Authorization: Bearer t",
                "X-Forwarded-For: 6.6.6.6",
                "X_Forwarded_For: 6.6.6.6",
                "X-Forwarded-Host: evil",
                "x_forwarded-proto: evil",
                "X-Forwarded-Prefix: /evil",
                "Forwarded: for=6.6.6.6",
                "X-Real-IP: 6.6.6.6",
                "X-Request-Id: forged",
                "Connection: X-Named, keep-alive",
                "X-Named: 1",
                "Keep-Alive: timeout=5",
                "TE: trailers",
                "Proxy-Authorization: secret",
                "Upgrade: websocket"));
        List<String> fields = upstream.requests().getFirst().fields();
        String id = logged().path("request_id").asText();
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "host: 127.0.0.1:" + upstream.port(),
                        "x-own: a, b",
                        "cookie: a=1; b=2",
                        "authorization: Bearer t",
                        "x-forwarded-for: " + edge.clientIp(),
                        "x-forwarded-host: gateway.test",
                        "x-forwarded-proto: " + edge.clientScheme(),
                        "x-forwarded-port: " + edge.clientPort(),
                        "x-request-id: " + id,
                        "cdn-loop: multicloud-gateway");
    }

    @Test
    void aThirdPassIsALoop() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given(proxy(upstream, ""));
        assertThat(edge.ask(get("/v1/1", "CDN-Loop: other, multicloud-gateway")).status())
                .isEqualTo(200);
        assertThat(upstream.requests().getFirst().fields())
                .contains("cdn-loop: other, multicloud-gateway, multicloud-gateway");
        Answer third = edge.ask(get("/v1/1", "CDN-Loop: multicloud-gateway, multicloud-gateway;v=1"));
        assertOwn(third, 508, "loop_detected");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anAnswerPassesAsItIs() throws Exception {
        RawUpstream upstream = upstream(answering("""
                HTTP/1.1 302 Moved
                Location: http://elsewhere/?a|b
                Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT
                Set-Cookie: b=2
                Content-Encoding: gzip
                Content-Type: text/plain
                X-Own: 1
                X-Own: 2
                Connection: X-Hop
                X-Hop: 1
                Keep-Alive: timeout=5
                X-Amzn-Trace-Id: 1
                Content-Length: 4

                """.replace("\n", "\r\n") + GZIP));
        Answer answer = given(proxy(upstream, "")).ask(get("/v1/42"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.text()).isEqualTo(GZIP);
        assertThat(answer.fields("set-cookie")).containsExactly("a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2");
        assertThat(answer.field("location")).isEqualTo("http://elsewhere/?a|b");
        assertThat(answer.field("content-encoding")).isEqualTo("gzip");
        assertThat(String.join(",", answer.fields("x-own")).replace(" ", "")).isEqualTo("1,2");
        assertThat(Stream.of("x-hop", "keep-alive", "x-amzn-trace-id").map(answer::field))
                .containsOnlyNulls();
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 301, 304, 400, 401, 404, 418, 429, 500, 503, 599})
    void anUpstreamsStatusIsTheAnswers(int status) throws Exception {
        boolean bodiless = status == 204 || status == 304;
        RawUpstream upstream =
                upstream(once("HTTP/1.1 " + status + " X\r\n" + (bodiless ? "\r\n" : "Content-Length: 2\r\n\r\nok")));
        Answer answer = given(proxy(upstream, "")).ask(get("/v1/42"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(bodiless ? "" : "ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1234\r\n", "Content-Length: 1234\r\nContent-Encoding: gzip\r\n"})
    void theAnswerToHeadKeepsItsLength(String fields) throws Exception {
        RawUpstream upstream = upstream(once("HTTP/1.1 200 OK\r\n" + fields + "\r\n"));
        Answer answer = given(proxy(upstream, "")).ask(ask("HEAD", "/v1/42"));
        assertThat(answer.field("content-length")).isEqualTo("1234");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void aBodyWithoutLengthPassesWhole() throws Exception {
        RawUpstream upstream = upstream(
                once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: 1\r\n\r\n"),
                once("HTTP/1.1 200 OK\r\n\r\nto the end"));
        Edge edge = given(proxy(upstream, ""));
        assertThat(edge.ask(get("/v1/42")).text()).isEqualTo("abcde");
        assertThat(edge.ask(get("/v1/42")).text()).isEqualTo("to the end");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /none, 404,",
        "PUT, /v1/1, 405, method_not_allowed",
        "PROPFIND, /v1/1, 501, method_not_implemented",
        "TRACE, /none, 501, method_not_implemented",
        "get, /v1/1, 501, method_not_implemented",
        "GET, //v1/1, 400, malformed_request",
        "GET, /v1//1, 400, malformed_request",
        "GET, /v1/a%2Fb, 400, malformed_request",
        "GET, /v1/a%5Cb, 400, malformed_request",
        "GET, /v1/a\\b, 400, malformed_request",
        "GET, /v1/%00, 400, malformed_request",
        "GET, /v1/%0A, 400, malformed_request",
        "GET, /v1/../x, 400, malformed_request",
        "GET, /v1/%2e%2e/x, 400, malformed_request",
        "GET, /v1/.%2E/x, 400, malformed_request",
        "GET, /api%2e%2e/admin, 400, malformed_request",
        "GET, /api/..;/x, 400, malformed_request",
        "GET, /v1/., 400, malformed_request",
        "GET, /v1/%, 400, malformed_request",
        "GET, /v1/%zz, 400, malformed_request",
        "GET, /v1/%C3, 400, malformed_request",
        "GET, /v1/%C0%AF, 400, malformed_request",
        "GET, /v1/a#b, 400, malformed_request",
        "GET, /v1/1?a#b, 400, malformed_request",
        "GET, /v1/\u00e9, 400, malformed_request"
    })
    void theGatewayAnswersByItself(String method, String target, int status, String code) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Answer answer = given(proxy(upstream, "")).ask(ask(method, target));
        assertOwn(answer, status, code);
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given(proxy(upstream, ", \"limits\": { \"body\": \"1KB\" }"));
        assertOwn(edge.ask(get("/v1/" + "a".repeat(8 * 1024))), 414, "target_too_long");
        assertOwn(edge.ask(get("/v1/1?" + "a".repeat(16 * 1024 + 1))), 414, "target_too_long");
        String[] many = new String[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = "X-" + i + ": 1";
        }
        assertOwn(edge.ask(get("/v1/1", many)), 431, "headers_too_large");
        assertOwn(edge.ask(get("/v1/1", "X: " + "a".repeat(64 * 1024))), 431, "headers_too_large");
        assertOwn(edge.ask(ask("POST", "/x/y").with("a".repeat(1025))), 413, "body_too_large");
        assertThat(upstream.requests()).isEmpty();
        assertThat(edge.ask(ask("POST", "/x/y").with("a".repeat(1024))).status())
                .isEqualTo(200);
    }

    @Test
    void aStaticAnswerIsTheDocuments() throws Exception {
        Edge edge = given("""
                { "paths": [ { "method": "GET", "path": "/a", "response": { "hi": ["é"] }, "response_status": 202, "response_headers": { "X-A": "1" } },
                             { "method": "GET", "path": "/b", "response_status": 204 } ] }
                """);
        Answer answer = edge.ask(get("/a"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(JSON.readTree(answer.bytes())).isEqualTo(JSON.readTree("{\"hi\":[\"é\"]}"));
        assertThat(answer.field("x-a")).isEqualTo("1");
        assertThat(answer.field("content-type")).isEqualTo("application/json");
        assertThat(answer.field("x-request-id")).isNotBlank();
        assertThat(edge.ask(get("/b")).status()).isEqualTo(204);
        assertThat(edge.ask(ask("HEAD", "/a")).text()).isEmpty();
    }

    static Stream<Arguments> failures() {
        Script reset = peer -> {
            peer.request();
            peer.reset();
        };
        Script slow = peer -> {
            peer.request();
            peer.awaitClose();
        };
        return Stream.of(
                Arguments.of("a reset", reset, 502, "upstream_reset", "first_byte"),
                Arguments.of("an end", once(""), 502, "upstream_reset", "first_byte"),
                Arguments.of("half a head", once("HTTP/1.1 200 OK\r\nX:"), 502, "upstream_reset", "head"),
                Arguments.of("garbage", once("\u0000\u0001garbage\r\n\r\n"), 502, "upstream_malformed", "head"),
                Arguments.of(
                        "two lengths",
                        once("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                        502,
                        "upstream_malformed",
                        "head"),
                Arguments.of("silence", slow, 504, "upstream_timeout", "first_byte"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void anUpstreamThatFailsIsAFailureOfItsStage(String name, Script script, int status, String code, String stage)
            throws Exception {
        RawUpstream upstream = upstream(script);
        Edge edge = given(proxy(upstream.port(), ", \"timeouts\": { \"first_byte\": \"100ms\" }", ""));
        assertOwn(edge.ask(get("/v1/42?secret=1", "Authorization: Bearer token")), status, code);
        JsonNode line = logged();
        assertThat(line.path("path").asText()).isEqualTo("/v1/42");
        assertThat(line.path("status").asInt()).isEqualTo(status);
        assertThat(line.path("code").asText()).isEqualTo(code);
        assertThat(line.path("attempts").path(0).path("outcome").asText()).isEqualTo(code);
        assertThat(line.path("attempts").path(0).path("stage").asText()).isEqualTo(stage);
        assertThat(line.toString()).doesNotContain("secret", "token");
    }

    @Test
    void anUpstreamThatIsNotThereIsABadGateway() throws Exception {
        RawUpstream upstream = RawUpstream.of(answering(OK));
        upstream.close();
        assertOwn(given(proxy(upstream, "")).ask(get("/v1/42")), 502, "upstream_unreachable");
        assertThat(logged().path("attempts").path(0).path("stage").asText()).isEqualTo("connect");
    }

    @Test
    void anAnswerThatBreaksOffIsNeverTakenForWhole() throws Exception {
        RawUpstream upstream = upstream(once("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        Edge edge = given(proxy(upstream, ""));
        try {
            assertThat(edge.ask(get("/v1/42")).status()).isEqualTo(502);
        } catch (IOException seenToBeBroken) {
            assertThat(seenToBeBroken).hasMessageNotContaining("timed out");
        }
        JsonNode line = logged();
        assertThat(line.path("code").asText()).isEqualTo("upstream_reset");
        assertThat(line.path("attempts").path(0).path("stage").asText()).isEqualTo("body");
    }
}
