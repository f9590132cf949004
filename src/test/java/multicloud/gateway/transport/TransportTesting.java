package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A transport and its upstreams for one test, and the proof after each that no connection and no place was lost. */
@Timeout(60)
abstract class TransportTesting {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    static final Timeouts PATIENT = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20));

    final AtomicLong wallMillis = new AtomicLong(1_800_000_000_000L);
    SocketTransport transport = transport(ConnectionLimits.DEFAULT, Resolver.system(), null);
    private final List<AutoCloseable> opened = new ArrayList<>();

    final SocketTransport transport(ConnectionLimits limits, Resolver resolver, String runtimeApi) {
        return new SocketTransport(
                limits,
                () -> Instant.ofEpochMilli(wallMillis.get()),
                resolver,
                () -> {
                    throw new AssertionError("no TLS is used here");
                },
                runtimeApi);
    }

    @AfterEach
    void nothingIsLost() throws Exception {
        SocketTransport.Census after = transport.census();
        assertThat(after.inUse())
                .as("places in use after all answers were read or closed")
                .isZero();
        assertThat(after.open()).as("open connections are those that are kept").isEqualTo(after.idle());
        transport.close();
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(0, 0, 0));
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    final <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    final RawUpstream upstream(RawUpstream.Script... scripts) throws IOException {
        return closing(RawUpstream.of(scripts));
    }

    /** Connects until the kernel takes no more for a server that accepts nothing. */
    final void fill(ServerSocket server) throws Exception {
        for (int i = 0; i < 20; i++) {
            Socket socket = closing(new Socket());
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the backlog is larger than expected");
    }

    static Origin origin(RawUpstream upstream) {
        return new Origin(false, "127.0.0.1", upstream.port(), AddressRule.PRIVATE);
    }

    static Request request(String method, String target, Body body) {
        return new Request(method, RequestTarget.parse(target), Headers.empty(), body);
    }

    static Call call(Origin origin, Request request, Timeouts timeouts) {
        return new Call(origin, request, timeouts, Deadline.after(timeouts.total(), Ticker.SYSTEM));
    }

    final Outcome send(RawUpstream upstream, String method, Body body) {
        return transport.send(call(origin(upstream), request(method, "/", body), PATIENT));
    }

    final Outcome get(RawUpstream upstream) {
        return send(upstream, "GET", Body.absent());
    }

    final Outcome get(RawUpstream upstream, Timeouts timeouts) {
        return transport.send(call(origin(upstream), request("GET", "/", Body.absent()), timeouts));
    }

    static Response answered(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome).response();
    }

    static Outcome.Failed failed(Outcome outcome, Stage stage, Failure failure) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertThat(failed.failure()).as("%s", failed.cause()).isEqualTo(failure);
        assertThat(failed.stage()).as("%s", failed.cause()).isEqualTo(stage);
        return failed;
    }

    static String text(Response response) throws IOException {
        byte[] bytes = response.body().bytes(100_000_000, Failure.RESPONSE_TOO_LARGE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** These lines with the line ends of HTTP between them. */
    static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Timeouts withConnect(int millis) {
        return new Timeouts(Duration.ofMillis(millis), PATIENT.firstByte(), PATIENT.idle(), PATIENT.total());
    }

    static Timeouts withFirstByte(int millis) {
        return new Timeouts(PATIENT.connect(), Duration.ofMillis(millis), PATIENT.idle(), PATIENT.total());
    }

    static Timeouts withIdle(int millis) {
        return new Timeouts(PATIENT.connect(), PATIENT.firstByte(), Duration.ofMillis(millis), PATIENT.total());
    }

    static Timeouts withTotal(int millis) {
        return new Timeouts(PATIENT.connect(), PATIENT.firstByte(), PATIENT.idle(), Duration.ofMillis(millis));
    }
}
