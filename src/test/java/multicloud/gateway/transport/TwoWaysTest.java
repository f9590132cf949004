package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Halting;
import multicloud.gateway.testing.Pattern;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call whose answer begins before its request has ended. */
class TwoWaysTest extends TwoWaysTesting {
    private static final String REFUSAL = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch";

    private static final int LENGTH = 40_000;

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "300000, true", "300000, false"})
    void theRestOfTheRequestIsSentBehindTheEndOfAnEarlyAnswer(int length, boolean toTheEnd) throws Exception {
        CompletableFuture<Integer> arrived = new CompletableFuture<>();
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            peer.send(Pattern.bytes(length));
            arrived.complete(peer.read((int) LONG).length);
            RawUpstream.answering(OK).play(peer);
        });
        InputStream content = answer(upstream, streamed(LONG), LEISURELY).body().stream();
        if (toTheEnd) {
            assertThat(Pattern.readFrom(content)).isEqualTo(length);
        } else {
            assertThat(content.readNBytes(length)).hasSize(length);
            content.close();
        }
        assertThat(transport.census().idle()).isEqualTo(1);
        assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo((int) LONG);
        assertThat(text(answered(get(upstream)))).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void theEndOfAnEarlyAnswerWaitsForThatOfTheRequest() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n");
            peer.send(Pattern.bytes(20_000));
            assertThat(peer.read(20_001)).hasSize(20_001);
            peer.awaitClose();
        });
        Halting halting = Halting.until(read, 20_000, () -> 1);
        InputStream content = answer(upstream, Body.streamed(halting, 20_001), PATIENT).body().stream();
        assertThat(content.readNBytes(20_000)).isEqualTo(Pattern.bytes(20_000));
        halting.awaitHalt();
        assertThat(content.available()).isZero();
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(1, 0, 1));
        read.countDown();
        assertThat(content.read()).isEqualTo(-1);
        assertThat(transport.census().idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalIsHeardAtOnceThoughNobodyReadsOn(boolean virtual) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> stall(peer, REFUSAL, heard));
        Response response = on(virtual, () -> answer(upstream, streamed(LONG), withIdle(60_000)));
        assertThat(response.status()).isEqualTo(413);
        assertThat(text(response)).isEqualTo("much");
        assertThat(transport.census().open()).isZero();
        heard.countDown();
    }

    @Test
    void theEndOfAnAnswerThatEndsItsConnectionIsNotKeptBack() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        RawUpstream upstream = upstream(peer -> stall(peer, last, heard));
        assertThat(text(answer(upstream, streamed(LONG), withIdle(60_000)))).isEqualTo("ok");
        assertThat(transport.census().open()).isZero();
        heard.countDown();
    }

    @Test
    void aResetBehindTheHeadBreaksTheAnswerOff() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + LONG + "\r\n\r\n");
            peer.send(peer.read(1_000_000));
            peer.reset();
        });
        assertThat(broken(answer(upstream, streamed(LONG), PATIENT)).failure()).isEqualTo(Failure.UPSTREAM_RESET);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100_000})
    void aBodyThatBreaksOffBehindTheHeadIsTheClientsFailureAndNeverWhole(long length) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        CountDownLatch answered = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(CHUNKED + "2\r\n  \r\n");
            seen.complete(new String(peer.read(200_000), StandardCharsets.ISO_8859_1));
        });
        Body body = Body.streamed(
                Halting.until(answered, 50_000, () -> {
                    throw new BodyFailure(Failure.BODY_TOO_LARGE);
                }),
                length);
        Response response = answer(upstream, body, PATIENT);
        answered.countDown();
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.BODY_TOO_LARGE);
        assertThat(seen.get(10, TimeUnit.SECONDS)).hasSizeGreaterThan(49_000).doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void aBodyThatBreaksOffBehindAWholeAnswerFailsTheCall() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(OK);
            answered.countDown();
            peer.awaitClose();
        });
        Body body = Body.streamed(
                Halting.until(answered, 50_000, () -> {
                    throw new IOException("the client is gone");
                }),
                -1);
        failed(send(upstream, "POST", body), Stage.SEND, Failure.MALFORMED_REQUEST);
    }

    @Test
    void aBugInTheBodyBehindTheHeadIsNotHidden() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(CHUNKED);
            peer.awaitClose();
        });
        Body body = Body.streamed(
                Halting.until(answered, 50_000, () -> {
                    throw new IllegalStateException("a bug");
                }),
                -1);
        Response response = answer(upstream, body, PATIENT);
        answered.countDown();
        assertThatThrownBy(() -> text(response)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnswerThatIsClosedWaitsForNobody() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(CHUNKED);
            seen.complete(new String(peer.read(200_000), StandardCharsets.ISO_8859_1));
        });
        Halting halting = Halting.until(closed, 50_000, () -> 1);
        answer(upstream, Body.streamed(halting, -1), PATIENT).body().close();
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(0, 0, 0));
        assertThat(seen.get(10, TimeUnit.SECONDS)).doesNotEndWith("0\r\n\r\n");
        closed.countDown();
    }

    /** Some read the body before they answer, some after, some never; some calls are interrupted. */
    @Test
    void callsThatEndInEveryWayLoseNothing() throws Exception {
        transport.close();
        transport = transport(new ConnectionLimits(16, 8, 8, Duration.ofSeconds(50)), Resolver.system(), null);
        RawUpstream upstream = upstream(peer -> {
            for (String head = peer.head(); head != null; head = peer.head()) {
                switch (head.substring(0, head.indexOf("\r\n")).hashCode() & 7) {
                    case 0 -> peer.reset();
                    case 1 -> peer.send("garbage\r\n\r\n").read(LENGTH);
                    case 2 ->
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                                .close();
                    case 3 -> peer.send(OK).read(LENGTH);
                    case 4 -> peer.close();
                    case 5 ->
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(9000))
                                .read(LENGTH);
                    case 6 -> peer.send(REFUSAL).close();
                    default -> {
                        peer.read(LENGTH);
                        peer.send(OK);
                    }
                }
            }
        });
        List<Future<Boolean>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                ends.add(threads.submit(() -> end(upstream, number)));
                if (number % 10 == 9) {
                    ends.removeLast().cancel(true);
                }
            }
            int whole = 0;
            for (Future<Boolean> end : ends) {
                whole += end.get(50, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(whole).isBetween(1, ends.size() - 1);
        }
    }

    private boolean end(RawUpstream upstream, int number) throws Exception {
        Body body = number % 2 == 0 ? Body.of(Pattern.bytes(LENGTH)) : streamed(LENGTH);
        String method = number % 3 == 0 ? "PUT" : "POST";
        Call call = call(origin(upstream), request(method, "/" + number, body), LEISURELY);
        if (!(transport.send(call) instanceof Outcome.Answered(Response response))) {
            return false;
        }
        try {
            if (number % 5 == 0) {
                response.body().close();
            } else {
                text(response);
            }
            return true;
        } catch (BodyFailure e) {
            return false;
        }
    }
}
