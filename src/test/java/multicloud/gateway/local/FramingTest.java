package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends is certain, or it is refused and the connection closed. */
class FramingTest {
    private static final String HOST = "Host: a.test\r\n";

    private static ServerFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ServerFixture.of(FramingTest::echo);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    /** Says what arrived: method, target and body. */
    private static Response echo(Exchange exchange) {
        try {
            byte[] body = exchange.request().body().bytes(1 << 20, Failure.BODY_TOO_LARGE);
            String said = exchange.request().method() + " "
                    + exchange.request().target().text() + " " + new String(body, ISO_8859_1);
            return new Response(200, Headers.empty(), Body.of(said.getBytes(ISO_8859_1)));
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: ",
                "Content-Length: five",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: ",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "X: 1\r\n folded",
                "X: 1\r\n\tfolded",
                "X : 1",
                ": no name",
                "no colon",
                "X\u0000: 1",
                "X: a\u0000b",
                "X: a\rb",
                "X: a\rContent-Length: 5",
                "X: a\nContent-Length: 5",
                "X: \u007f",
                "X\u00e9: 1",
                "X(y): 1",
                "X[]: 1",
                "Content Length: 5",
                "Host: b.test",
                "Host: a.test"
            })
    void fieldsThatLeaveItOpenAreRefused(String fields) throws IOException {
        refused("POST /x HTTP/1.1\r\n" + HOST + fields + "\r\n\r\nHELLO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /x HTTP/1.1",
                "GET /x  HTTP/1.1",
                "GET /x y HTTP/1.1",
                "GET /x",
                "GET",
                " GET /x HTTP/1.1",
                "GET\t/x HTTP/1.1",
                "G@T /x HTTP/1.1",
                "GET /x HTTP/2.0",
                "GET /x HTTP/1.2",
                "GET /x HTTP/0.9",
                "GET /x http/1.1",
                "GET /x HTTP/1.1 ",
                "GET /x\u0000 HTTP/1.1",
                "GET /x\u0001 HTTP/1.1",
                "PRI * HTTP/2.0",
                "GET http:// HTTP/1.1",
                "GET http://user@a.test/x HTTP/1.1",
                "\u0016\u0003\u0001"
            })
    void requestLinesThatAreNoneAreRefused(String line) throws IOException {
        refused(line + "\r\n" + HOST + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a test\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: u@b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n\r\n",
                "GET http://a.test/x HTTP/1.1\r\n\r\n",
                "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /x HTTP/1.1\nHost: a.test\n\n",
                "\r\n\r\n\r\n\r\nGET /x HTTP/1.1\r\nHost: a.test\r\n\r\n"
            })
    void headsThatAreNoneAreRefused(String request) throws IOException {
        refused(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+5\r\nHELLO\r\n0\r\n\r\n",
                "-5\r\nHELLO\r\n0\r\n\r\n",
                "0x5\r\nHELLO\r\n0\r\n\r\n",
                " 5\r\nHELLO\r\n0\r\n\r\n",
                "5 \r\nHELLO\r\n0\r\n\r\n",
                "5\nHELLO\r\n0\r\n\r\n",
                "5\r\nHELLO0\r\n\r\n",
                "5\r\nHELLOX\r\n0\r\n\r\n",
                "5\r\nHELLO\n0\r\n\r\n",
                "5;a\nb\r\nHELLO\r\n0\r\n\r\n",
                "5;a\rb\r\nHELLO\r\n0\r\n\r\n",
                "\r\nHELLO\r\n0\r\n\r\n",
                "five\r\nHELLO\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFFF\r\nHELLO\r\n0\r\n\r\n",
                "5\r\nHELLO\r\n0\r\nno colon\r\n\r\n",
                "5\r\nHELLO\r\n0\r\n folded: 1\r\n\r\n"
            })
    void chunksThatAreNoneAreRefused(String body) throws IOException {
        refused("POST /x HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body);
    }

    private static void refused(String request) throws IOException {
        try (RawClient client = fixture.client()) {
            client.send(request).send("GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field("content-type")).isEqualTo("application/json");
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(answer.text())
                    .startsWith("{\"message\":\"")
                    .contains("\"code\":\"malformed_request\"", "\"request_id\":\"" + answer.field("x-request-id"));
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nHELLO\r\n0\r\n\r\n",
                "005\r\nHELLO\r\n000\r\n\r\n",
                "2\r\nHE\r\n3\r\nLLO\r\n0\r\n\r\n",
                "5;name=value\r\nHELLO\r\n0;last\r\n\r\n",
                "5\r\nHELLO\r\n0\r\nX-Trailer: 1\r\n\r\n"
            })
    void chunksAreRead(String body) throws IOException {
        try (RawClient client = fixture.client()) {
            client.send("POST /x HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\n\r\n" + body);
            assertThat(client.answer().text()).isEqualTo("POST /x HELLO");
            client.send("GET /y HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("GET /y ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//a",
                "/a//b",
                "/a%2Fb",
                "/a|b",
                "/{x}",
                "/../x",
                "/a/./b",
                "/%zz",
                "/\\",
                "/a\"b",
                "/a#b",
                "/x?|{\"`",
                "/?",
                "/x?a=1&b=2&a=3",
                "/x?flag=",
                "/x?+",
                "/\u00e9",
                "/x?\u00ff",
                "x",
                "?"
            })
    void theTargetArrivesByteForByte(String target) throws IOException {
        try (RawClient client = fixture.client()) {
            client.send("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("GET " + target + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "get", "TRACE", "CONNECT", "M-SEARCH", "X!y"})
    void anyMethodArrives(String method) throws IOException {
        try (RawClient client = fixture.client()) {
            client.send(method + " /x HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo(method + " /x ");
        }
    }

    @Test
    void aTargetInAbsoluteFormNamesTheHost() throws IOException {
        try (RawClient client = fixture.client()) {
            int before = fixture.logged(0).size();
            client.send("GET HTTP://b.test:81/x?y HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("GET /x?y ");
            client.send("GET http://b.test?y HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("GET /?y ");
            assertThat(fixture.logged(before + 2)
                            .get(before)
                            .exchange()
                            .client()
                            .host())
                    .isEqualTo("b.test:81");
        }
    }

    @Test
    void anAsteriskArrivesAsItIs() throws IOException {
        try (RawClient client = fixture.client()) {
            client.send("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("OPTIONS * ");
        }
    }

    @Test
    void anEmptyLineBeforeARequestIsSkipped() throws IOException {
        try (RawClient client = fixture.client()) {
            client.send("POST /x HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nOK\r\nGET /y HTTP/1.1\r\n" + HOST
                    + "\r\n");
            assertThat(client.answer().text()).isEqualTo("POST /x OK");
            assertThat(client.answer().text()).isEqualTo("GET /y ");
        }
    }

    @Test
    void requestsOnTheHeelsOfEachOtherAreAnsweredInOrder() throws IOException {
        try (RawClient client = fixture.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("POST /").append(i).append(" HTTP/1.1\r\n").append(HOST);
                all.append("Content-Length: 3\r\n\r\nabc");
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.answer().text()).isEqualTo("POST /" + i + " abc");
            }
        }
    }

    @Test
    void anOldClientIsAnsweredAndLeft() throws IOException {
        try (RawClient client = fixture.client()) {
            Answer answer = client.send("GET /x HTTP/1.0\r\n\r\n").answer();
            assertThat(answer.text()).isEqualTo("GET /x ");
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void anOldClientThatAsksIsKept() throws IOException {
        try (RawClient client = fixture.client()) {
            String request = "POST /x HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\n1";
            assertThat(client.send(request).answer().field("connection")).isEqualTo("keep-alive");
            assertThat(client.send(request).answer().text()).isEqualTo("POST /x 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "keep-alive, close", "close, x"})
    void aClientThatAsksForTheEndGetsIt(String connection) throws IOException {
        try (RawClient client = fixture.client()) {
            client.send("GET /x HTTP/1.1\r\n" + HOST + "Connection: " + connection + "\r\n\r\n");
            assertThat(client.answer().field("connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void whatIsTooLargeToReadIsAnsweredAsJson() throws IOException {
        try (RawClient client = fixture.client()) {
            Answer answer = client.send("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.text()).contains("target_too_long");
        }
        try (RawClient client = fixture.client()) {
            Answer answer = client.send("GET /x HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(90_000) + "\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.text()).contains("headers_too_large");
        }
        try (RawClient client = fixture.client()) {
            Answer answer = client.send("GET /x HTTP/1.1\r\n" + HOST + "X: 1\r\n".repeat(1001) + "\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(431);
        }
    }

    @Test
    void whatPolicyMustJudgeArrives() throws IOException {
        try (RawClient client = fixture.client()) {
            String target = "/" + "a".repeat(8_300) + "?" + "b".repeat(17_000);
            client.send("GET " + target + " HTTP/1.1\r\n" + HOST + "X: 1\r\n".repeat(120) + "Y: " + "a".repeat(66_000)
                    + "\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("GET " + target + " ");
        }
    }
}
