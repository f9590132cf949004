package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Halting;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt of the calling thread ends its call long before the timeouts would, wherever it waits. */
class InterruptionTest extends TwoWaysTesting {
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /** A thread's work and whether its interrupt was still to be seen afterwards. */
    private static final class Interruptible<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final CompletableFuture<Boolean> flagged = new CompletableFuture<>();
        private final Thread thread;

        Interruptible(boolean virtual, Callable<T> work) {
            thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(() -> run(work));
        }

        private void run(Callable<T> work) {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
            flagged.complete(Thread.currentThread().isInterrupted());
        }

        /** Waits until the work is at that place. */
        void isIn(Class<?> type, String method) {
            while (Stream.of(thread.getStackTrace()).noneMatch(frame -> isIn(frame, type, method))) {
                assertThat(thread.isAlive()).isTrue();
            }
        }

        private static boolean isIn(StackTraceElement frame, Class<?> type, String method) {
            return frame.getClassName().equals(type.getName())
                    && frame.getMethodName().equals(method);
        }

        /** What the work comes to when it is interrupted now. */
        T interrupt() throws Exception {
            thread.interrupt();
            T made = result.get(5, TimeUnit.SECONDS);
            assertThat(flagged.get(5, TimeUnit.SECONDS)).isTrue();
            return made;
        }
    }

    private static Outcome.Failed failed(Outcome outcome, Stage stage) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).stage()).isEqualTo(stage);
        return (Outcome.Failed) outcome;
    }

    private void isWaiting() throws InterruptedException {
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Reads so much of a request, and does nothing more with it. */
    private RawUpstream silent(int count) throws Exception {
        return upstream(peer -> {
            peer.head();
            peer.read(count);
            waiting.countDown();
            over.await(20, TimeUnit.SECONDS);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItWaitsForAPlace(boolean virtual) throws Exception {
        transport.close();
        transport = transport(new ConnectionLimits(1, 1, 1, Duration.ofSeconds(50)), Resolver.system(), null);
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n");
            peer.awaitClose();
        });
        Response held = answered(get(upstream));
        Interruptible<Outcome> call = new Interruptible<>(virtual, () -> get(upstream));
        call.isIn(Places.class, "enter");
        assertThat(failed(call.interrupt(), Stage.POOL).requestSent()).isFalse();
        held.body().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItWaitsForAName(boolean virtual) throws Exception {
        transport.close();
        transport = transport(
                ConnectionLimits.DEFAULT,
                name -> {
                    waiting.countDown();
                    try {
                        over.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return List.of();
                },
                null);
        Origin origin = new Origin(false, "slow.test", 80, AddressRule.ANY);
        Call slow = call(origin, request("GET", "/", Body.absent()), PATIENT);
        Interruptible<Outcome> call = new Interruptible<>(virtual, () -> transport.send(slow));
        isWaiting();
        assertThat(failed(call.interrupt(), Stage.DNS).requestSent()).isFalse();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItConnects(boolean virtual) throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(full);
            Origin origin = new Origin(false, "127.0.0.1", full.getLocalPort(), AddressRule.PRIVATE);
            Call connecting = call(origin, request("GET", "/", Body.absent()), PATIENT);
            Interruptible<Outcome> call = new Interruptible<>(virtual, () -> transport.send(connecting));
            call.isIn(Wire.class, "connect");
            assertThat(failed(call.interrupt(), Stage.CONNECT).requestSent()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItShakesHands(boolean virtual) throws Exception {
        transport.close();
        transport = SocketTransport.system(null);
        RawUpstream upstream = upstream(peer -> {
            peer.read(5);
            waiting.countDown();
            over.await(20, TimeUnit.SECONDS);
        });
        Origin origin = new Origin(true, "127.0.0.1", upstream.port(), AddressRule.PRIVATE);
        Call secure = call(origin, request("GET", "/", Body.absent()), PATIENT);
        Interruptible<Outcome> call = new Interruptible<>(virtual, () -> transport.send(secure));
        isWaiting();
        assertThat(failed(call.interrupt(), Stage.TLS).requestSent()).isFalse();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileThePeerTakesNoMore(boolean virtual) throws Exception {
        RawUpstream upstream = silent(100_000);
        Halting body = new Halting(64_000_000, () -> -1);
        Interruptible<Outcome> call =
                new Interruptible<>(virtual, () -> post(upstream, Body.streamed(body, 64_000_000), PATIENT));
        isWaiting();
        assertThat(failed(call.interrupt(), Stage.SEND).requestSent()).isTrue();
        assertThat(body.isReaderGone()).isTrue();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheBodyIsNotThere(boolean virtual) throws Exception {
        RawUpstream upstream = silent(50_000);
        Halting body = Halting.until(over, 50_000, () -> -1);
        Interruptible<Outcome> call =
                new Interruptible<>(virtual, () -> post(upstream, Body.streamed(body, 60_000), PATIENT));
        isWaiting();
        assertThat(failed(call.interrupt(), Stage.SEND).requestSent()).isTrue();
        assertThat(body.isReaderGone()).isTrue();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItWaitsForTheHead(boolean virtual) throws Exception {
        RawUpstream upstream = silent(0);
        Interruptible<Outcome> call = new Interruptible<>(virtual, () -> get(upstream));
        isWaiting();
        call.isIn(WireInput.class, "read");
        assertThat(failed(call.interrupt(), Stage.FIRST_BYTE).requestSent()).isTrue();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onAConnectionThatWasKeptToo(boolean virtual) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send(OK);
            peer.request();
            waiting.countDown();
            over.await(20, TimeUnit.SECONDS);
        });
        answered(get(upstream));
        Interruptible<Outcome> call = new Interruptible<>(virtual, () -> get(upstream));
        isWaiting();
        call.isIn(WireInput.class, "read");
        failed(call.interrupt(), Stage.FIRST_BYTE);
        assertThat(upstream.connections()).isEqualTo(1);
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheMiddleOfTheAnswer(boolean virtual) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
            over.await(20, TimeUnit.SECONDS);
        });
        Interruptible<BodyFailure> call = new Interruptible<>(virtual, () -> {
            InputStream content = answered(get(upstream)).body().stream();
            content.readNBytes(2);
            waiting.countDown();
            return catchThrowableOfType(BodyFailure.class, content::read);
        });
        isWaiting();
        assertThat(call.interrupt()).isNotNull();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void behindAnAnswerThatCameBeforeTheRequestsEnd(boolean virtual) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(OK);
            over.await(20, TimeUnit.SECONDS);
        });
        Halting body = Halting.until(over, 50_000, () -> -1);
        Interruptible<Outcome> call =
                new Interruptible<>(virtual, () -> post(upstream, Body.streamed(body, 60_000), PATIENT));
        call.isIn(Sending.class, "await");
        failed(call.interrupt(), Stage.SEND);
        assertThat(body.isReaderGone()).isTrue();
        over.countDown();
    }
}
