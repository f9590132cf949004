package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.MatchConfig;
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
import multicloud.gateway.testing.Issuer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.upstream.TargetStates;

/** A sample document at work in the EU, where some keep their requests; each of its servers is replaced by one upstream on loopback. */
final class Sample implements AutoCloseable {
    static final SigningKey ISSUER_KEY = SigningKey.of("sample", "RS256");

    /** Stands for every issuer that a sample names, as long as the tests run. */
    static final Issuer ISSUER = issuer();

    static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            entry("ORDERS_URL", "https://orders.example.com"),
            entry("PARTNER_URL", "https://partner.example.com"),
            entry("PARTNER_TIMEOUT", "5s"),
            entry("PARTNER_KEY", "a-key"),
            entry("PARTNER_TOKEN", "t0"),
            entry("JWT_SECRET", "a secret that is as long as its hash"),
            entry("PARTNERS_SECRET", "another secret of at least 32 bytes"),
            entry("ORIGIN_VERIFY", "what-only-the-proxy-knows"),
            entry("ORIGIN_VERIFY_NEXT", "what-it-will-know-tomorrow"),
            entry("ACME_NEXT_SHA256", "3261bd3b0cdd24cd741e8f879ab36888bd5676b35e4266f25b6032940b8ed37c"),
            entry("STAGE", "test"),
            entry("ISSUER", ISSUER.url("")),
            entry("JWKS_URI", ISSUER.url("/keys")),
            entry("OPENID_CONFIGURATION", ISSUER.url("/.well-known/openid-configuration")),
            entry("AUTH0_DOMAIN", ISSUER.url("")),
            entry("SUPABASE_URL", ISSUER.url("")),
            entry("SUPABASE_SERVICE_ROLE_KEY", "the project's key"),
            entry("CLIENT_SECRET", "the client's secret"));

    private static Issuer issuer() {
        try {
            Issuer issuer = new Issuer().publishes(ISSUER_KEY);
            return issuer.says(
                    "/.well-known/openid-configuration",
                    "{\"issuer\":\"" + issuer.url("") + "\",\"jwks_uri\":\"" + issuer.url("/keys")
                            + "\",\"authorization_endpoint\":\"" + issuer.url("/authorize") + "\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final RawUpstream upstream;
    private final SocketTransport transport = SocketTransport.system(null);
    private final GatewayConfig config;
    private final Gateway gateway;

    /** A response with its body read. */
    record Answer(int status, Headers headers, String body) {}

    private Sample(GatewayConfig config, RawUpstream upstream) {
        this.upstream = upstream;
        this.config = onLoopback(config, upstream.port());
        Lasting inTheEu = new Lasting(transport, TargetStates.system(), InstantSource.system(), "eu-central-1");
        this.gateway = Gateway.compile(this.config, "sample", inTheEu);
    }

    /** The sample of that file, and an upstream that answers so. */
    static Sample of(Path file, String answer) throws IOException {
        GatewayConfig config =
                switch (ConfigReader.read(Files.readAllBytes(file), (kind, name) -> ENVIRONMENT.get(name))) {
                    case Reading.Accepted accepted -> accepted.config();
                    case Reading.Refused refused -> throw new AssertionError(refused.problems());
                };
        return new Sample(config, RawUpstream.of(RawUpstream.answering(answer)));
    }

    GatewayConfig config() {
        return config;
    }

    RawUpstream upstream() {
        return upstream;
    }

    Answer ask(Exchange exchange) throws IOException {
        Response response = gateway.handle(exchange);
        return new Answer(
                response.status(),
                response.headers(),
                new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8));
    }

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
                        server.allowPrivateAddresses(),
                        server.resilience()))
                .toList();
        return new GatewayConfig(servers, config.authorizers(), config.general(), config.paths());
    }

    /** A request that the path takes, with these headers beside those it asks for. */
    static Exchange exchangeFor(PathConfig path, Headers more) {
        MatchConfig match = path.route().match();
        Headers.Builder headers = more.toBuilder();
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

    @Override
    public void close() throws IOException {
        transport.close();
        upstream.close();
    }
}
