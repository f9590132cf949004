package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.testing.Halting;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a call may take whose answer begins, or could begin, before its request has ended. */
class TwoWaysTimeoutsTest extends TwoWaysTesting {
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
