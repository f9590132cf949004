package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
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
 * The whole Lambda handler, from an event's bytes to the result's, log line included, beside a bare call of the same transport that
 * sends the same loopback upstream the same bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandlerBenchmark {
    private static final String EVENT = """
            {"version":"2.0","routeKey":"$default","rawPath":"/v1/42","rawQueryString":"a=1&b=2","cookies":["s=1"],
            "headers":{"host":"abc123.lambda-url.eu-west-1.on.aws","accept":"application/json","accept-encoding":"gzip","user-agent":"bench/1",
            "x-forwarded-proto":"https","x-forwarded-port":"443","x-forwarded-for":"203.0.113.9","x-amzn-trace-id":"Root=1-5759e988-bd862e3fe1be46a994272793"},
            "requestContext":{"accountId":"anonymous","apiId":"abc123","domainName":"abc123.lambda-url.eu-west-1.on.aws","domainPrefix":"abc123",
            "http":{"method":"GET","path":"/v1/42","protocol":"HTTP/1.1","sourceIp":"203.0.113.9","userAgent":"bench/1"},
            "requestId":"0f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f","routeKey":"$default","stage":"$default","time":"01/Nov/2026:03:00:00 +0000","timeEpoch":1793502000000},
            "isBase64Encoded":false}""";

    @Param({"1024", "65536"})
    int bytes;

    private LoopbackUpstream upstream;
    private SocketTransport transport;
    private FunctionUrlHandler handler;
    private byte[] event;
    private Origin origin;
    private Headers headers;

    @Setup
    public void open() {
        upstream = new LoopbackUpstream(bytes);
        transport = SocketTransport.system(null);
        String document = "{\"servers\":[{\"alias\":\"s\",\"url\":\"" + upstream.url()
                + "\"}],\"paths\":[{\"method\":\"GET\",\"path\":\"/v1/{id}\",\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"}}]}";
        InstantSource clock = InstantSource.system();
        LiveGateway live = LiveGateway.open(
                new Settings(Map.of("GATEWAY_CONFIG_JSON", document), Path.of("")),
                transport,
                (line, length) -> {},
                clock);
        handler = new FunctionUrlHandler(live, new AccessLog((line, length) -> {}, clock), Ticker.SYSTEM);
        event = EVENT.getBytes(UTF_8);
        origin = new Origin(false, "127.0.0.1", upstream.port(), AddressRule.PRIVATE);
        headers = Headers.of(
                "accept", "application/json",
                "accept-encoding", "gzip",
                "user-agent", "bench/1",
                "x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793",
                "cookie", "s=1",
                "x-forwarded-for", "203.0.113.9",
                "x-forwarded-host", "abc123.lambda-url.eu-west-1.on.aws",
                "x-forwarded-proto", "https",
                "x-forwarded-port", "443",
                "cdn-loop", "multicloud-gateway",
                "x-request-id", "0f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f");
    }

    @TearDown
    public void close() throws IOException {
        transport.close();
        upstream.close();
    }

    @Benchmark
    public byte[] bareCall() throws IOException {
        Request request = new Request("GET", RequestTarget.parse("/v1/42?a=1&b=2"), headers, Body.absent());
        Deadline deadline = Deadline.after(Duration.ofSeconds(29), Ticker.SYSTEM);
        return switch (transport.send(new Call(origin, request, Timeouts.DEFAULT, deadline))) {
            case Outcome.Answered answered -> answered.response().body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE);
            case Outcome.Failed failed -> throw failed.cause();
        };
    }

    @Benchmark
    public int wholeHandler() throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream(2 * bytes);
        handler.handleRequest(new ByteArrayInputStream(event), result, null);
        return result.size();
    }
}
