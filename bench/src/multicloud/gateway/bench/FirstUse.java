package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import multicloud.gateway.auth.Authorizers;
import multicloud.gateway.auth.Issuers;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.lambda.FunctionUrlHandler;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.SocketTransport;

/**
 * One thing done once in a fresh JVM, timed from the beginning of main, or for tokens from when their document has been
 * read: {@code FirstUse PART} prints its milliseconds.
 */
public final class FirstUse {
    private static final String EVENT =
            "{\"version\":\"2.0\",\"rawPath\":\"/v1/42\",\"rawQueryString\":\"\",\"headers\":{\"host\":\"h\"},"
                    + "\"requestContext\":{\"http\":{\"method\":\"GET\",\"path\":\"/v1/42\",\"sourceIp\":\"203.0.113.9\"},\"requestId\":\"r\"},\"isBase64Encoded\":false}";

    private static final String SECRET = "for the sample events, nothing else";

    /** A token (HS256) that ends in the year 2100. */
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuY29tLyIsImF1ZCI6InNhbXBsZSIsInN1YiI6ImFkY"
            + "SIsInNjb3BlIjoib3BlbmlkIHByb2ZpbGUiLCJpYXQiOjE3OTM1MDIwMDAsImV4cCI6NDEwMjQ0NDgwMH0"
            + ".em7Qtpc_v2GDn168aAb5dHaiJ7E5xVQm8D6AJ7JoIyw";

    private FirstUse() {}

    public static void main(String[] args) throws Exception {
        try (LoopbackUpstream upstream = new LoopbackUpstream(1024)) {
            // The function has read its document before the first token comes.
            AuthorizerConfig authorizer = args[0].startsWith("token") ? authorizer() : null;
            long began = System.nanoTime();
            switch (args[0]) {
                case "nothing" -> {}
                case "call" -> call(upstream);
                case "document" -> ConfigReader.read(document(upstream).getBytes(UTF_8), References.UNRESOLVED);
                case "token" -> token(authorizer);
                case "token-library" -> tokenReadByTheLibrary();
                case "handler" -> handler(Map.of("GATEWAY_CONFIG_JSON", document(upstream)));
                case "handler-s3" ->
                    handler(Map.of(
                            "GATEWAY_CONFIG_URI", "s3://bucket/gateway.json",
                            "AWS_REGION", "eu-west-1",
                            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                            "AWS_SECRET_ACCESS_KEY", "secret",
                            "AWS_ENDPOINT_URL", upstream.url()));
                default -> throw new IllegalArgumentException(args[0]);
            }
            System.out.printf("%.1f%n", (System.nanoTime() - began) / 1e6);
        }
        System.exit(0);
    }

    private static String document(LoopbackUpstream upstream) {
        return "{\"servers\":[{\"alias\":\"s\",\"url\":\"" + upstream.url()
                + "\"}],\"paths\":[{\"method\":\"GET\",\"path\":\"/v1/{id}\",\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"}}]}";
    }

    private static AuthorizerConfig authorizer() {
        String document = """
                {"authorizer": {"type": "jwt", "issuer": "https://login.example.com/", "audience": "sample", "algorithm": "HS256", "secret": "%s"},
                 "paths": [{"method": "GET", "path": "/", "auth": true}]}""".formatted(SECRET);
        Reading reading = ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED);
        return ((Reading.Accepted) reading).config().authorizers().getFirst();
    }

    private static void token(AuthorizerConfig config) {
        Request request = new Request(
                "GET", RequestTarget.parse("/"), Headers.of("authorization", "Bearer " + TOKEN), Body.absent());
        Exchange exchange = Exchange.begin(
                request,
                "r",
                new Client("203.0.113.9", "https", "h", 443),
                Deadline.after(Duration.ofSeconds(29), Ticker.SYSTEM));
        Issuers issuers = new Issuers(SocketTransport.system(null), InstantSource.system());
        if (!(Authorizers.of(config, issuers, InstantSource.system()).authorize(exchange)
                instanceof Verdict.Accepted)) {
            throw new IllegalStateException("refused");
        }
    }

    /** What the library would do by itself, its own reader of JSON included. */
    private static void tokenReadByTheLibrary() throws Exception {
        SignedJWT token = SignedJWT.parse(TOKEN);
        boolean good = token.verify(new MACVerifier(SECRET.getBytes(UTF_8)));
        if (!good || !token.getJWTClaimsSet().getIssuer().equals("https://login.example.com/")) {
            throw new IllegalStateException("refused");
        }
    }

    private static void call(LoopbackUpstream upstream) throws Exception {
        Request request = new Request("GET", RequestTarget.parse("/v1/42"), Headers.empty(), Body.absent());
        Deadline deadline = Deadline.after(Duration.ofSeconds(29), Ticker.SYSTEM);
        Origin origin = new Origin(false, "127.0.0.1", upstream.port(), AddressRule.PRIVATE);
        Outcome outcome = SocketTransport.system(null).send(new Call(origin, request, Timeouts.DEFAULT, deadline));
        ((Outcome.Answered) outcome).response().body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE);
    }

    /** The upstream stands in for S3 too: what it answers is no document, so that part ends with the look at it. */
    private static void handler(Map<String, String> environment) throws Exception {
        InstantSource clock = InstantSource.system();
        LiveGateway live = LiveGateway.open(
                new Settings(environment, Path.of("")), SocketTransport.system(null), (line, length) -> {}, clock);
        FunctionUrlHandler handler =
                new FunctionUrlHandler(live, new AccessLog((line, length) -> {}, clock), Ticker.SYSTEM);
        handler.handleRequest(new ByteArrayInputStream(EVENT.getBytes(UTF_8)), new ByteArrayOutputStream(), null);
    }
}
