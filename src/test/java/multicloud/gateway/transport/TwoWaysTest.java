package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTotalEndsAStallOfBothWays(boolean virtual) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> stall(peer, CHUNKED, over));
        Failure failure = on(
                virtual,
                () -> broken(answer(upstream, streamed(LONG), withTotal(1_500))).failure());
        assertThat(failure).isEqualTo(Failure.UPSTREAM_TIMEOUT);
        over.countDown();
    }

    @Test
    void theTotalEndsTheWaitForAPeerThatHasAnsweredAndReadsNoFurther() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> stall(peer, OK, over));
        assertThat(text(answer(upstream, streamed(LONG), withTotal(1_500)))).isEqualTo("ok");
        assertThat(transport.census().open()).isZero();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatIsNotThereByTheTotalIsTheClientsFailure(boolean virtual) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.awaitClose();
        });
        Body body = Body.streamed(Halting.until(over, 50_000, () -> -1), -1);
        Outcome outcome = on(virtual, () -> post(upstream, body, withTotal(1_000)));
        failed(outcome, Stage.SEND, Failure.REQUEST_TIMEOUT);
        over.countDown();
    }

    @Test
    void soItIsBehindAWholeAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(OK);
            peer.awaitClose();
        });
        Body body = Body.streamed(Halting.until(over, 50_000, () -> -1), -1);
        failed(post(upstream, body, withTotal(1_000)), Stage.SEND, Failure.REQUEST_TIMEOUT);
        over.countDown();
    }

    @Test
    void andInTheMiddleOfOne() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(CHUNKED + "1\r\n \r\n");
            peer.awaitClose();
        });
        Body body = Body.streamed(Halting.until(over, 50_000, () -> -1), -1);
        assertThat(broken(answer(upstream, body, withTotal(1_000))).failure()).isEqualTo(Failure.REQUEST_TIMEOUT);
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstByteIsWaitedForFromTheLastOfTheRequest(boolean virtual) throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        RawUpstream slow = upstream(peer -> {
            peer.head();
            peer.read(50_000);
            assertThat(peer.closesWithin(700)).isFalse();
            half.countDown();
            peer.socket().setSoTimeout(10_000);
            peer.read(1);
            peer.send(OK);
            peer.awaitClose();
        });
        Body body = Body.streamed(Halting.until(half, 50_000, () -> 1), 50_001);
        assertThat(text(on(virtual, () -> answer(slow, body, withFirstByte(400)))))
                .isEqualTo("ok");
        RawUpstream silent = upstream(peer -> {
            peer.request();
            peer.awaitClose();
        });
        Outcome outcome = on(virtual, () -> post(silent, streamed(1_000_000), withFirstByte(400)));
        failed(outcome, Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerMayPauseForTheRequestButNotBehindIt(boolean virtual) throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(CHUNKED);
            peer.read(50_000);
            assertThat(peer.closesWithin(800)).isFalse();
            paused.countDown();
            peer.socket().setSoTimeout(10_000);
            peer.read(1);
            peer.send("2\r\nok\r\n");
            peer.awaitClose();
        });
        Body body = Body.streamed(Halting.until(paused, 50_000, () -> 1), 50_001);
        InputStream content = answer(upstream, body, withIdle(500)).body().stream();
        assertThat(on(virtual, () -> content.readNBytes(2)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("ok");
        BodyFailure failure = on(virtual, () -> catchThrowableOfType(BodyFailure.class, content::read));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void aPeerThatTakesNoMoreIsHeardToTheEndOfItsAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> stall(peer, CHUNKED + "2\r\nok\r\n0\r\n\r\n", over));
        assertThat(text(answer(upstream, streamed(LONG), withIdle(500)))).isEqualTo("ok");
        assertThat(transport.census().open()).isZero();
        over.countDown();
    }
}
