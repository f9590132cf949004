package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Authorizers;
import multicloud.gateway.auth.Issuers;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.mapping.HeaderMapping;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.upstream.ForwardedHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a path's mapping and its authorizer add to a request: ten mapped headers, every kind of value among them, and an HS256 token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MappingBenchmark {
    private static final String SECRET = "a secret that is as long as its hash";
    private static final String DOCUMENT = """
            {"variables": {"stage": "live", "token": "t0"},
             "authorizer": {"type": "jwt", "issuer": "https://login.example.com/", "audience": "shop", "algorithm": "HS256", "secret": "%s"},
             "servers": [{"alias": "s", "url": "http://localhost"}],
             "paths": [{"method": "GET", "path": "/v1/orders/{id}", "auth": true, "integration": {"type": "http", "server": "s"},
                        "mapping": {"headers": {
                            "x-gateway": "multicloud",
                            "x-stage": "$config.stage",
                            "authorization": "Bearer ${config.token}",
                            "x-user": "$request.jwt.sub",
                            "x-tenant": "$request.jwt.org.id",
                            "x-roles": "$request.jwt.roles",
                            "x-order": "$request.path.id",
                            "x-locale": "$request.header.accept-language",
                            "x-page": "$request.query.page",
                            "x-debug": null}}}]}""".formatted(SECRET);
    private static final String CLAIMS = """
            {"iss":"https://login.example.com/","aud":["shop","office"],"sub":"auth0|5f7c8ec7c33c6c004bbafe82","iat":1793502000,"exp":4102444800,\
            "scope":"openid profile orders:read orders:write","org":{"id":"tenant-17","name":"Example"},"roles":["buyer","admin"]}""";

    private Exchange exchange;
    private Exchange identified;
    private Headers forwarded;
    private HeaderMapping mapping;
    private Authorizer authorizer;

    @Setup
    public void prepare() throws Exception {
        GatewayConfig config = switch (ConfigReader.read(DOCUMENT.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused ->
                throw new IllegalStateException(refused.problems().toString());
        };
        PathConfig path = config.paths().getFirst();
        mapping = HeaderMapping.of(
                path.policies().mapping().headers(), path.route().pattern());
        authorizer = Authorizers.of(
                config.authorizers().getFirst(),
                new Issuers(SocketTransport.system(null), InstantSource.system()),
                InstantSource.system());
        RequestTarget target = RequestTarget.parse("/v1/orders/4711?page=2&size=20");
        exchange = Exchange.begin(
                        new Request("GET", target, headers(), Body.absent()),
                        "0f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f",
                        new Client("203.0.113.9", "https", "api.example.com", 443),
                        Deadline.after(Duration.ofHours(1), Ticker.SYSTEM))
                .withPath(RequestPath.parse(target.path()));
        identified = exchange.withIdentity(((Verdict.Accepted) authorizer.authorize(exchange)).identity());
        forwarded = ForwardedHeaders.toUpstream(identified);
    }

    private static Headers headers() throws GeneralSecurityException {
        return Headers.of(
                "host", "api.example.com",
                "accept", "application/json",
                "accept-encoding", "gzip, br",
                "accept-language", "de-CH,de;q=0.9,en;q=0.8",
                "user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "referer", "https://shop.example.com/orders",
                "x-user", "forged",
                "cookie", "session=0123456789abcdef",
                "authorization", "Bearer " + token());
    }

    private static String token() throws GeneralSecurityException {
        String signed =
                base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + base64(CLAIMS.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Benchmark
    public Headers tenHeaders() {
        return mapping.apply(forwarded, identified);
    }

    @Benchmark
    public Verdict hs256Token() {
        return authorizer.authorize(exchange);
    }
}
