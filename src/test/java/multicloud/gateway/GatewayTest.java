package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole function on real sockets: from an exchange to the bytes an upstream sees, and back. */
class GatewayTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Up: 1\r\n\r\nhi";

    private SocketTransport transport;
    private RawUpstream upstream;

    @BeforeEach
    void open() throws IOException {
        transport = SocketTransport.system(null);
        upstream = RawUpstream.of(RawUpstream.answering(OK));
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        upstream.close();
    }

    private Gateway gateway(String paths) {
        String document = """
                {"servers": [{"alias": "up", "targets": [{"name": "one", "url": "http://127.0.0.1:%d/base/", "cloud": "aws", "region": "eu-west-1"}]}],
                 "paths": [%s]}""".formatted(upstream.port(), paths);
        return Gateway.compile(config(document), "v1", Lasting.with(transport));
    }

    private static GatewayConfig config(String document) {
        return switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static String proxy(String path, String more) {
        return "{\"method\": \"ANY\", \"path\": \"" + path
                + "\", \"integration\": {\"type\": \"http_proxy\", \"server\": \"up\"" + more + "}}";
    }

    private static String text(Response response) throws IOException {
        return new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/v1/42 /base/v1/42",
                "/v1/4|{2}?a=1&b=2&a=3&flag=&x=a+b /base/v1/4|{2}?a=1&b=2&a=3&flag=&x=a+b",
                "/v1/42/? /base/v1/42/?",
                "/api/a/b%20c/?q /base/a/b%20c/?q",
                "/api /base/",
                "/old/7/x/y /base/new/7/x/y"
            })
    void theTargetOfTheUpstreamsRequestIsMadeOfTheClientsBytes(String target, String expected) throws IOException {
        Gateway gateway = gateway(proxy("/v1/{id}", "") + "," + proxy("/api/{.+}", "") + ","
                + proxy("/old/{id}/{rest+}", ", \"rewrite\": \"/new/{id}/{rest}\""));
        Response response = gateway.handle(Exchanges.get(target));
        assertThat(text(response)).isEqualTo("hi");
        assertThat(response.headers().first("X-Up")).isEqualTo("1");
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET " + expected + " HTTP/1.1");
    }

    @Test
    void notesSayWhatHappened() throws IOException {
        Exchange exchange = Exchanges.get("/v1/42");
        text(gateway(proxy("/v1/{id}", "")).handle(exchange));
        assertThat(exchange.notes().route()).isEqualTo("/v1/{id}");
        assertThat(exchange.notes().server()).isEqualTo("up");
        assertThat(exchange.notes().configVersion()).isEqualTo("v1");
        assertThat(exchange.notes().attempts()).singleElement().satisfies(attempt -> {
            assertThat(List.of(attempt.target(), attempt.cloud(), attempt.region(), attempt.outcome()))
                    .containsExactly("one", "aws", "eu-west-1", "200");
            assertThat(attempt.stage()).isNull();
            assertThat(attempt.nanos()).isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/none,404,no_route,",
        "POST,/fixed,405,method_not_allowed,'GET, HEAD'",
        "BREW,/fixed,501,method_not_implemented,",
        "GET,//fixed,400,malformed_request,",
        "GET,/fixed/..,400,malformed_request,",
        "GET,/files/a%2Fb,400,malformed_request,",
        "GET,/no%2Fwhere,400,malformed_request,"
    })
    void theGatewaysOwnAnswers(String method, String target, int status, String code, String allow) {
        Gateway gateway = gateway(
                "{\"method\": \"GET\", \"path\": \"/fixed\", \"response\": {\"a\": 1}}," + proxy("/files/{name}", ""));
        Exchange exchange = Exchanges.exchange(method, target, Body.absent());
        Response response = gateway.handle(exchange);
        assertThat(response.status()).isEqualTo(status);
        assertThat(exchange.notes().code()).isEqualTo(code);
        assertThat(response.headers().first("allow")).isEqualTo(allow);
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void aRouteMayKeepEncodedSlashes() throws IOException {
        String keeping = proxy("/files/{name}", "").replaceFirst("\\{", "{\"encoded_slashes\": \"keep\", ");
        assertThat(text(gateway(keeping).handle(Exchanges.get("/files/a%2Fb")))).isEqualTo("hi");
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET /base/files/a%2Fb HTTP/1.1");
    }

    @Test
    void aFixedAnswerHasItsStatusItsHeadersAndTheRequestsId() throws IOException {
        Gateway gateway = gateway("""
                {"method": "GET", "path": "/a", "response": "text", "response_status": 203, "response_headers": {"X-A": "1"}},
                {"method": "GET", "path": "/b"},
                {"method": "GET", "path": "/c", "response": [1.10, null], "response_headers": {"Content-Type": "application/x"}}""");
        Response a = gateway.handle(Exchanges.get("/a"));
        assertThat(a.status()).isEqualTo(203);
        assertThat(text(a)).isEqualTo("\"text\"");
        assertThat(a.headers().first("x-a")).isEqualTo("1");
        assertThat(a.headers().all("content-type")).containsExactly("application/json");
        assertThat(a.headers().first("x-request-id")).isEqualTo("id-1");
        assertThat(text(gateway.handle(Exchanges.get("/b")))).isEmpty();
        Response c = gateway.handle(Exchanges.get("/c"));
        assertThat(text(c)).isEqualTo("[1.10,null]");
        assertThat(c.headers().all("content-type")).containsExactly("application/x");
    }

    @Test
    void headHasTheLengthAndNoBody() throws IOException {
        Gateway gateway =
                gateway("{\"method\": \"GET\", \"path\": \"/a\", \"response\": \"text\"}," + proxy("/up", ""));
        Response fixed = gateway.handle(Exchanges.exchange("HEAD", "/a", Body.absent()));
        assertThat(fixed.body().isAbsent()).isTrue();
        assertThat(fixed.headers().first("content-length")).isEqualTo("6");
        Response missing = gateway.handle(Exchanges.exchange("HEAD", "/none", Body.absent()));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().isAbsent()).isTrue();
        try (RawUpstream silent =
                RawUpstream.of(RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 123\r\n\r\n"))) {
            String document = "{\"servers\": [{\"alias\": \"up\", \"url\": \"http://127.0.0.1:" + silent.port()
                    + "\"}], \"paths\": [" + proxy("/up", "") + "]}";
            Response proxied = Gateway.compile(config(document), "v1", Lasting.with(transport))
                    .handle(Exchanges.exchange("HEAD", "/up", Body.absent()));
            assertThat(proxied.headers().all("content-length")).containsExactly("123");
            assertThat(proxied.body().isAbsent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answersThatHaveNoBodyStayWithoutOne(String status) throws IOException {
        try (RawUpstream empty =
                RawUpstream.of(RawUpstream.answering("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\n\r\n"))) {
            String document = "{\"servers\": [{\"alias\": \"up\", \"url\": \"http://127.0.0.1:" + empty.port()
                    + "\"}], \"paths\": [" + proxy("/up", "") + "]}";
            Gateway gateway = Gateway.compile(config(document), "v1", Lasting.with(transport));
            for (int i = 0; i < 3; i++) {
                Response response = gateway.handle(Exchanges.get("/up"));
                assertThat(response.body().isAbsent()).isTrue();
                assertThat(response.headers().first("etag")).isEqualTo("\"1\"");
            }
            assertThat(empty.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConfigThatPointsAtTheGatewayItselfStopsAtTheThirdPass() throws IOException {
        String passed = null;
        Gateway gateway = gateway(proxy("/{.+}", ""));
        for (int pass = 1; pass <= 2; pass++) {
            String[] headers = passed == null ? new String[0] : new String[] {"cdn-loop", passed};
            assertThat(text(gateway.handle(Exchanges.get("/x", headers)))).isEqualTo("hi");
            passed = upstream.requests()
                    .get(pass - 1)
                    .head()
                    .lines()
                    .filter(line -> line.startsWith("cdn-loop: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("cdn-loop: ".length());
        }
        assertThat(gateway.handle(Exchanges.get("/x", "cdn-loop", passed)).status())
                .isEqualTo(508);
    }

    @Test
    void aBodyThatBreaksOffIsNotedWithItsStage() throws IOException {
        try (RawUpstream half = RawUpstream.of(RawUpstream.once("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))) {
            String document = "{\"servers\": [{\"alias\": \"up\", \"url\": \"http://127.0.0.1:" + half.port()
                    + "\"}], \"paths\": [" + proxy("/up", "") + "]}";
            Exchange exchange = Exchanges.get("/up");
            Response response = Gateway.compile(config(document), "v1", Lasting.with(transport))
                    .handle(exchange);
            assertThat(response.status()).isEqualTo(200);
            assertThatThrownBy(() -> text(response)).hasMessage("upstream_reset");
            assertThat(exchange.notes().code()).isEqualTo("upstream_reset");
            assertThat(exchange.notes().attempts().getFirst().stage()).isEqualTo("body");
        }
    }
}
