package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.Pattern;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;

/** Bodies longer than all buffers on their way, and peers that answer before they have read them. */
abstract class TwoWaysTesting extends TransportTesting {
    static final long LONG = 64L * 1024 * 1024;
    /** For what keeps a busy machine busy. */
    static final Timeouts LEISURELY = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(150));

    static final int SMALL_BUFFER = 16 * 1024;
    static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    static Body streamed(long length) {
        return Body.streamed(new Pattern(length), length);
    }

    /** Answers a request behind its head, and reads no more of it. */
    static void stall(Peer peer, String answer, CountDownLatch until) throws Exception {
        peer.socket().setSendBufferSize(SMALL_BUFFER);
        peer.head();
        peer.send(answer);
        assertThat(until.await(30, TimeUnit.SECONDS)).isTrue();
    }

    static <T> T on(boolean virtual, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
        try {
            return task.get(150, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    final Outcome post(RawUpstream upstream, Body body, Timeouts timeouts) {
        return transport.send(call(origin(upstream), request("POST", "/", body), timeouts));
    }

    final Response answer(RawUpstream upstream, Body body, Timeouts timeouts) {
        return answered(post(upstream, body, timeouts));
    }

    static long read(Response response) throws Exception {
        return Pattern.readFrom(response.body().stream());
    }

    static BodyFailure broken(Response response) {
        return catchThrowableOfType(BodyFailure.class, () -> read(response));
    }
}
