package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample document is good, and every path of it does what it says. */
class SamplesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "ORDERS_URL", "https://orders.example.com",
            "PARTNER_URL", "https://partner.example.com",
            "PARTNER_TIMEOUT", "5s",
            "PARTNER_KEY", "a-key",
            "STAGE", "test");

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samplesconfig"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPathAnswersAsItSays(Path sample) throws IOException {
        try (RawUpstream upstream =
                        RawUpstream.of(RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nupstream"));
                SocketTransport transport = SocketTransport.system(null)) {
            GatewayConfig config = onLoopback(read(sample), upstream.port());
            Gateway gateway = Gateway.compile(config, "sample", transport, InstantSource.system());
            for (PathConfig path : config.paths()) {
                assertAnswers(gateway, path);
            }
        }
    }

    private static void assertAnswers(Gateway gateway, PathConfig path) throws IOException {
        Exchange exchange = exchangeFor(path);
        Response response = gateway.handle(exchange);
        boolean head = exchange.request().method().equals("HEAD");
        String body = new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8);
        assertThat(exchange.notes().route()).isEqualTo(path.route().pattern().text());
        switch (path.integration()) {
            case HttpProxy proxy -> {
                assertThat(exchange.notes().server()).isEqualTo(proxy.server());
                assertThat(response.status()).isEqualTo(200);
                assertThat(body).isEqualTo(head ? "" : "upstream");
            }
            case StaticAnswer answer -> {
                assertThat(response.status()).isEqualTo(answer.status());
                assertThat(body).isEqualTo(head || answer.json() == null ? "" : answer.json());
            }
        }
    }

    private static GatewayConfig read(Path sample) throws IOException {
        return switch (ConfigReader.read(Files.readAllBytes(sample), (kind, name) -> ENVIRONMENT.get(name))) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    /** The same document, each target's host replaced by the test's own upstream. */
    private static GatewayConfig onLoopback(GatewayConfig config, int port) {
        List<ServerConfig> servers = config.servers().stream()
                .map(server -> new ServerConfig(
                        server.alias(),
                        server.targets().stream()
                                .map(target -> new TargetConfig(
                                        target.name(),
                                        new BaseUrl(
                                                false,
                                                "127.0.0.1",
                                                port,
                                                target.url().path(),
                                                true),
                                        target.place(),
                                        target.priority(),
                                        target.weight()))
                                .toList(),
                        server.timeouts(),
                        server.allowPrivateAddresses()))
                .toList();
        return new GatewayConfig(servers, config.authorizers(), config.cors(), config.paths());
    }

    private static Exchange exchangeFor(PathConfig path) {
        MatchConfig match = path.route().match();
        Headers.Builder headers = Headers.builder();
        match.headers().forEach(headers::add);
        StringBuilder target = new StringBuilder();
        for (Segment segment : path.route().pattern().segments()) {
            target.append('/')
                    .append(
                            switch (segment) {
                                case Literal literal ->
                                    URLEncoder.encode(literal.text(), UTF_8).replace("+", "%20");
                                case Parameter parameter -> "p1";
                                case Wildcard wildcard -> "x/y";
                            });
        }
        target.append(target.isEmpty() ? "/" : "");
        String separator = "?";
        for (Map.Entry<String, String> condition : match.query().entrySet()) {
            target.append(separator)
                    .append(condition.getKey())
                    .append('=')
                    .append(URLEncoder.encode(condition.getValue(), UTF_8));
            separator = "&";
        }
        String method = path.route().any() ? "GET" : path.route().methods().getFirst();
        String host =
                match.hosts().isEmpty() ? "gateway.example.com" : match.hosts().getFirst();
        return Exchange.begin(
                new Request(method, RequestTarget.parse(target.toString()), headers.build(), Body.absent()),
                "id-1",
                new Client("203.0.113.9", "https", host, 443),
                Deadline.after(Duration.ofSeconds(20), Ticker.SYSTEM));
    }
}
