package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest extends TransportTesting {
    private static final String STREAMED = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    private SocketTransport limited(int perOrigin, int idlePerOrigin, int idle) {
        transport.close();
        transport = transport(
                new ConnectionLimits(perOrigin, idlePerOrigin, idle, Duration.ofSeconds(50)), Resolver.system(), null);
        return transport;
    }

    private void okTwice(RawUpstream upstream, int connections) throws Exception {
        assertThat(text(answered(get(upstream)))).isEqualTo("ok");
        assertThat(text(answered(get(upstream)))).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(connections);
    }

    @Test
    void oneConnectionServesCallAfterCall() throws Exception {
        okTwice(upstream(RawUpstream.answering(OK)), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore"
            })
    void answersThatSayOrShowSoEndTheirConnection(String response) throws Exception {
        okTwice(upstream(RawUpstream.answering(response)), 2);
    }

    @Test
    void anIdleConnectionIsTrustedByTheWallClock() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        okTwice(upstream, 1);
        wallMillis.addAndGet(49_999);
        okTwice(upstream, 1);
        wallMillis.addAndGet(50_000);
        okTwice(upstream, 2);
        wallMillis.addAndGet(-1);
        okTwice(upstream, 3);
    }

    @Test
    void thePeersOwnIdleLimitCountsLessAMargin() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(
                "HTTP/1.1 200 OK\r\nkeep-alive: max=100, timeout=5\r\nContent-Length: 2\r\n\r\nok"));
        okTwice(upstream, 1);
        wallMillis.addAndGet(3_999);
        okTwice(upstream, 1);
        wallMillis.addAndGet(4_000);
        okTwice(upstream, 2);
    }

    @Test
    void connectionsThatNobodyUsesAnyMoreAreClosedByLaterCalls() throws Exception {
        RawUpstream left = upstream(RawUpstream.answering(OK));
        RawUpstream used = upstream(RawUpstream.answering(OK));
        answered(get(left));
        assertThat(transport.census().open()).isEqualTo(1);
        wallMillis.addAndGet(60_000);
        answered(get(used));
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(1, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "bytes"})
    void whatHappenedToAnIdleConnectionIsNoticedBeforeAnythingIsWritten(String what) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        RawUpstream upstream = upstream(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    switch (what) {
                        case "close" -> peer.close();
                        case "reset" -> peer.reset();
                        default -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    }
                    done.complete(null);
                    peer.awaitClose();
                },
                RawUpstream.answering(OK));
        assertThat(text(answered(get(upstream)))).isEqualTo("ok");
        done.get(10, TimeUnit.SECONDS);
        assertThat(text(answered(send(upstream, "POST", body("x"))))).isEqualTo("ok");
        assertThat(upstream.requests()).hasSize(2);
        assertThat(upstream.connections()).isEqualTo(2);
    }

    /** Answers once, and drops the next request after having read it. */
    private RawUpstream dyingAtTheSecond(boolean reset, String partOfAnswer) throws Exception {
        return upstream(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.request();
                    peer.send(partOfAnswer);
                    if (reset) {
                        peer.reset();
                    }
                },
                RawUpstream.answering(OK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void anIdempotentCallThatDiesOnAReusedConnectionIsRepeatedOnce(String method) throws Exception {
        RawUpstream upstream = dyingAtTheSecond(method.equals("GET"), "");
        answered(get(upstream));
        assertThat(answered(send(upstream, method, body("again"))).status()).isEqualTo(200);
        assertThat(upstream.connections()).isEqualTo(2);
        assertThat(upstream.requests().getLast().text()).isEqualTo("again");
        transport.closeIdle();
    }

    @Test
    void otherCallsThatDieOnAReusedConnectionAreNotRepeated() throws Exception {
        for (String method : List.of("POST", "PATCH")) {
            RawUpstream upstream = dyingAtTheSecond(false, "");
            answered(get(upstream));
            Outcome.Failed failed = failed(send(upstream, method, body("x")), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
            assertThat(failed.requestSent()).isTrue();
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatCannotBeReadAgainIsNotRepeated() throws Exception {
        RawUpstream upstream = dyingAtTheSecond(false, "");
        answered(get(upstream));
        Body streamed = Body.streamed(new ByteArrayInputStream(new byte[10]), 10);
        failed(send(upstream, "PUT", streamed), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aCallWhoseAnswerHadBegunIsNotRepeated() throws Exception {
        RawUpstream upstream = dyingAtTheSecond(false, "H");
        answered(get(upstream));
        failed(get(upstream), Stage.HEAD, Failure.UPSTREAM_RESET);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aCallThatDiesOnANewConnectionIsNotRepeated() throws Exception {
        RawUpstream upstream = upstream(peer -> peer.request());
        failed(get(upstream), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aTimeoutOnAReusedConnectionIsNotRepeated() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send(OK);
            peer.request();
            peer.awaitClose();
        });
        answered(get(upstream));
        failed(get(upstream, withFirstByte(80)), Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void thereIsOnlyOneRepeat() throws Exception {
        RawUpstream upstream = upstream(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.request();
                },
                peer -> peer.request());
        answered(get(upstream));
        failed(get(upstream), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void moreCallsThanPlacesWaitAndAreThenTurnedAway() throws Exception {
        limited(2, 2, 2);
        RawUpstream upstream = upstream(RawUpstream.answering(STREAMED + "x".repeat(100_000)));
        Response first = answered(get(upstream));
        Response second = answered(get(upstream));
        assertThat(transport.census().inUse()).isEqualTo(2);
        Outcome.Failed failed = failed(get(upstream, withConnect(80)), Stage.POOL, Failure.OVERLOADED);
        assertThat(failed.requestSent()).isFalse();
        CompletableFuture<Outcome> third = CompletableFuture.supplyAsync(() -> get(upstream));
        assertThat(text(first)).hasSize(100_000);
        answered(third.get(10, TimeUnit.SECONDS)).body().close();
        second.body().close();
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void aPlaceOfOneOriginIsNoneOfAnother() throws Exception {
        limited(1, 1, 2);
        Response held = answered(get(upstream(RawUpstream.answering(STREAMED))));
        assertThat(text(answered(get(upstream(RawUpstream.answering(OK)))))).isEqualTo("ok");
        held.body().close();
    }

    @Test
    void idleConnectionsAreBoundedPerOriginAndInAll() throws Exception {
        limited(10, 2, 3);
        List<RawUpstream> upstreams = List.of(
                upstream(RawUpstream.answering(STREAMED + "x".repeat(100_000))),
                upstream(RawUpstream.answering(STREAMED + "x".repeat(100_000))));
        for (int i = 0; i < 2; i++) {
            List<Response> held = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                held.add(answered(get(upstreams.get(i))));
            }
            for (Response response : held) {
                text(response);
            }
            assertThat(transport.census().idle()).isEqualTo(2 + i);
        }
    }

    @Test
    void closingIdleConnectionsLeavesTheTransportUsable() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        answered(get(upstream));
        transport.closeIdle();
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(0, 0, 0));
        okTwice(upstream, 2);
    }

    @Test
    void closingTheTransportEndsCallsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            asked.countDown();
            peer.awaitClose();
        });
        CompletableFuture<Outcome> call = CompletableFuture.supplyAsync(() -> get(upstream));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        transport.close();
        failed(call.get(10, TimeUnit.SECONDS), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
        assertThat(get(upstream)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aRefusedConnectionIsUnreachable() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        upstream.close();
        Outcome.Failed failed = failed(get(upstream), Stage.CONNECT, Failure.UPSTREAM_UNREACHABLE);
        assertThat(failed.requestSent()).isFalse();
    }
}
