package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.FunctionUrlHandler;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole Lambda handler for a path that demands a token, beside the same event, token included, for one that does not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AuthBenchmark {
    private static final String CLAIMS =
            "{\"iss\":\"https://login.example.com/\",\"aud\":\"shop\",\"sub\":\"u1\",\"exp\":4102444800,\"scope\":\"orders:read orders:write\"}";

    @Param({"HS256", "RS256", "ES256"})
    String algorithm;

    /** Whether the same request goes to the upstream, or ends in an answer of the gateway's own. */
    @Param({"true", "false"})
    boolean upstream;

    private LoopbackUpstream server;
    private SocketTransport transport;
    private FunctionUrlHandler handler;
    private byte[] protectedEvent;
    private byte[] openEvent;

    @Setup
    public void open() {
        server = new LoopbackUpstream(1024);
        transport = SocketTransport.system(null);
        SigningKey key = algorithm.equals("HS256") ? null : SigningKey.of("k1", algorithm);
        String keys = key == null ? "\"secret\":\"" + Tokens.SECRET + "\"" : "\"jwks\":" + SigningKey.jwks(key);
        String token = key == null ? Tokens.of(CLAIMS) : key.token(CLAIMS);
        String end = upstream
                ? "\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"}"
                : "\"response\":{\"status\":\"ok\"}";
        String document = """
                {"servers":[{"alias":"s","url":"%s"}],
                 "authorizer":{"type":"jwt","issuer":"https://login.example.com/","audience":"shop","algorithm":"%s",%s},
                 "paths":[{"method":"GET","path":"/closed/{id}","auth":{"scopes":["orders:read"]},%s},
                          {"method":"GET","path":"/open/{id}",%s}%s]}""".formatted(
                        server.url(),
                        algorithm,
                        keys,
                        end,
                        end,
                        upstream
                                ? ""
                                : ",{\"method\":\"GET\",\"path\":\"/s\",\"integration\":{\"type\":\"http\",\"server\":\"s\"}}");
        InstantSource clock = InstantSource.system();
        LiveGateway live = LiveGateway.open(
                new Settings(Map.of("GATEWAY_CONFIG_JSON", document), Path.of("")),
                transport,
                (line, length) -> {},
                clock);
        handler = new FunctionUrlHandler(live, new AccessLog((line, length) -> {}, clock), Ticker.SYSTEM);
        protectedEvent = event("/closed/42", token);
        openEvent = event("/open/42", token);
    }

    private static byte[] event(String path, String token) {
        return """
            {"version":"2.0","routeKey":"$default","rawPath":"%1$s","rawQueryString":"",
            "headers":{"host":"abc123.lambda-url.eu-west-1.on.aws","accept":"application/json","authorization":"Bearer %2$s",
            "x-forwarded-proto":"https","x-forwarded-port":"443","x-forwarded-for":"203.0.113.9"},
            "requestContext":{"accountId":"anonymous","apiId":"abc123","domainName":"abc123.lambda-url.eu-west-1.on.aws","domainPrefix":"abc123",
            "http":{"method":"GET","path":"%1$s","protocol":"HTTP/1.1","sourceIp":"203.0.113.9","userAgent":"bench/1"},
            "requestId":"0f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f","routeKey":"$default","stage":"$default","time":"01/Nov/2026:03:00:00 +0000","timeEpoch":1793502000000},
            "isBase64Encoded":false}""".formatted(path, token).getBytes(UTF_8);
    }

    @TearDown
    public void close() throws IOException {
        transport.close();
        server.close();
    }

    private int ask(byte[] event) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream(4096);
        handler.handleRequest(new ByteArrayInputStream(event), result, null);
        return result.size();
    }

    @Benchmark
    public int unprotected() throws IOException {
        return ask(openEvent);
    }

    @Benchmark
    public int protectedByToken() throws IOException {
        return ask(protectedEvent);
    }
}
