package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.LambdaEvent.HttpCall;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;

/**
 * Runs the code of a request without one, so that the first real request finds it loaded. Its deadline has passed before it begins:
 * whatever route it meets, nothing is sent to any upstream; and it leaves no line in the log.
 */
final class Rehearsal {
    /** How many rounds before a snapshot: enough for the compiler to take notice. */
    static final int BEFORE_SNAPSHOT = 100;

    private static final byte[] EVENT = """
            {"version":"2.0","rawPath":"/rehearsal/a%20b","rawQueryString":"a=1&b=2","cookies":["a=1"],
            "headers":{"host":"example.com","accept":"*/*","x-forwarded-proto":"https","x-forwarded-port":"443"},
            "requestContext":{"requestId":"rehearsal","http":{"method":"GET","sourceIp":"192.0.2.1"}},
            "body":"aGVsbG8=","isBase64Encoded":true}
            """.getBytes(UTF_8);

    private final EventDecoder decoder;
    private final ResultEncoder encoder;
    private final LiveGateway gateway;
    private final AccessLog unread = new AccessLog((line, length) -> {}, InstantSource.system());

    Rehearsal(EventDecoder decoder, ResultEncoder encoder, LiveGateway gateway) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.gateway = gateway;
    }

    void run(int rounds) {
        try {
            for (int i = 0; i < rounds; i++) {
                gateway.rehearse();
                if (decoder.decode(new ByteArrayInputStream(EVENT)) instanceof HttpCall call) {
                    play(call);
                }
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private void play(HttpCall call) throws IOException {
        Deadline passed = Deadline.after(Duration.ZERO, Ticker.SYSTEM);
        Exchange exchange = Exchange.begin(call.request(), call.id(), call.client(), passed);
        Result result = encoder.encode(gateway.handle(exchange), exchange);
        result.writeTo(OutputStream.nullOutputStream());
        unread.write(exchange, result.status(), result.bodyBytes());
    }
}
