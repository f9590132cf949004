package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.telemetry.AccessLog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the Lambda edge adds to a call: reading an event, writing a result of 1 KB, and the log line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    /** An event of a browser's size, as a function URL sends it. */
    public static final String EVENT = """
            {"version":"2.0","routeKey":"$default","rawPath":"/v1/42","rawQueryString":"a=1&b=2","cookies":["s=1"],
            "headers":{"host":"abc123.lambda-url.eu-west-1.on.aws","accept":"application/json","accept-encoding":"gzip","user-agent":"bench/1",
            "x-forwarded-proto":"https","x-forwarded-port":"443","x-forwarded-for":"203.0.113.9","x-amzn-trace-id":"Root=1-5759e988-bd862e3fe1be46a994272793"},
            "requestContext":{"accountId":"anonymous","apiId":"abc123","domainName":"abc123.lambda-url.eu-west-1.on.aws","domainPrefix":"abc123",
            "http":{"method":"GET","path":"/v1/42","protocol":"HTTP/1.1","sourceIp":"203.0.113.9","userAgent":"bench/1"},
            "requestId":"0f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f","routeKey":"$default","stage":"$default","time":"01/Nov/2026:03:00:00 +0000","timeEpoch":1793502000000},
            "isBase64Encoded":false}""";

    private final EventDecoder decoder = new EventDecoder();
    private final ResultEncoder encoder = new ResultEncoder();
    private final AccessLog log = new AccessLog((line, length) -> {}, InstantSource.system());
    private final byte[] event = EVENT.getBytes(UTF_8);
    private Exchange exchange;
    private Response response;

    @Setup
    public void prepare() throws IOException {
        LambdaEvent.HttpCall call = (LambdaEvent.HttpCall) decoder.decode(new ByteArrayInputStream(event));
        exchange = Exchange.begin(
                call.request(), call.id(), call.client(), Deadline.after(Duration.ofDays(1), Ticker.SYSTEM));
        exchange.notes().route("/v1/{id}");
        exchange.notes().server("orders");
        exchange.notes().attempt("orders", "aws", "eu-west-1").answered(200);
        byte[] body = "{\"a\":1,\"b\":[1,2,3]} ".repeat(50).getBytes(UTF_8);
        response = new Response(
                200,
                Headers.of(
                        "content-type", "application/json", "etag", "\"abc\"", "date", "Sun, 01 Nov 2026 00:00:00 GMT"),
                Body.of(body));
    }

    @Benchmark
    public Object decode() throws IOException {
        return decoder.decode(new ByteArrayInputStream(event));
    }

    @Benchmark
    public Object encode() {
        return encoder.encode(response, exchange);
    }

    @Benchmark
    public void log() {
        log.write(exchange, 200, 1024);
    }
}
