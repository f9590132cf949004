package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest extends TransportTesting {
    private static final RawUpstream.Script SILENT = peer -> {
        peer.request();
        peer.awaitClose();
    };

    private static void drip(Peer peer, String piece) throws Exception {
        while (!peer.closesWithin(20)) {
            peer.send(piece);
        }
    }

    @Test
    void noAnswerIsATimeoutOfTheFirstByte() throws Exception {
        Outcome.Failed failed =
                failed(get(upstream(SILENT), withFirstByte(80)), Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
        assertThat(failed.requestSent()).isTrue();
    }

    @Test
    void aHeadThatDripsIsATimeoutOfTheHead() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nA: ");
            drip(peer, "x");
        });
        failed(get(upstream, withFirstByte(150)), Stage.HEAD, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void interimAnswersDoNotProlongTheWait() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 103 Early Hints\r\n\r\n");
            peer.awaitClose();
        });
        failed(get(upstream, withFirstByte(100)), Stage.HEAD, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void theTotalAndTheDeadlineCutEveryStageShort() throws Exception {
        failed(get(upstream(SILENT), withTotal(80)), Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
        Deadline soon = Deadline.after(Duration.ofMillis(80), Ticker.SYSTEM);
        Call call = new Call(origin(upstream(SILENT)), request("GET", "/", Body.absent()), PATIENT, soon);
        failed(transport.send(call), Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void aDeadlineThatHasPassedSendsNothing() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        answered(get(upstream));
        Deadline passed = Deadline.after(Duration.ofMillis(-1), Ticker.SYSTEM);
        Call call = new Call(origin(upstream), request("GET", "/", Body.absent()), PATIENT, passed);
        Outcome.Failed failed = (Outcome.Failed) transport.send(call);
        assertThat(failed.failure()).isEqualTo(Failure.UPSTREAM_TIMEOUT);
        assertThat(failed.requestSent()).isFalse();
        assertThat(upstream.requests()).hasSize(1);
    }

    private void bodyTimesOut(RawUpstream upstream, Timeouts timeouts) {
        Response response = answered(get(upstream, timeouts));
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void aBodyThatStopsIsATimeoutByIdle() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            peer.awaitClose();
        });
        bodyTimesOut(upstream, withIdle(80));
    }

    @Test
    void aBodyThatDripsIsATimeoutByTotal() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            drip(peer, "1\r\nx\r\n");
        });
        bodyTimesOut(
                upstream,
                new Timeouts(PATIENT.connect(), PATIENT.firstByte(), Duration.ofSeconds(5), Duration.ofMillis(300)));
    }

    @Test
    void aPeerThatDoesNotAcceptIsATimeoutOfConnect() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(full);
            Origin origin = new Origin(false, "127.0.0.1", full.getLocalPort(), AddressRule.PRIVATE);
            Outcome outcome = transport.send(call(origin, request("GET", "/", Body.absent()), withConnect(100)));
            assertThat(failed(outcome, Stage.CONNECT, Failure.UPSTREAM_TIMEOUT).requestSent())
                    .isFalse();
        }
    }

    @Test
    void aHandshakeThatIsNotAnsweredIsATimeoutOfTls() throws Exception {
        RawUpstream upstream = upstream(peer -> peer.awaitClose());
        try (SocketTransport secure = new SocketTransport(
                ConnectionLimits.DEFAULT,
                InstantSource.system(),
                Resolver.system(),
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                null)) {
            Origin origin = new Origin(true, "127.0.0.1", upstream.port(), AddressRule.PRIVATE);
            Outcome outcome = secure.send(call(origin, request("GET", "/", Body.absent()), withConnect(150)));
            assertThat(failed(outcome, Stage.TLS, Failure.UPSTREAM_TIMEOUT).requestSent())
                    .isFalse();
            assertThat(secure.census()).isEqualTo(new SocketTransport.Census(0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatNeverReadsEndsTheWrite(boolean virtual) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            new CompletableFuture<Void>().get(10, TimeUnit.SECONDS);
        });
        Body large = Body.of(new byte[40_000_000]);
        Call call = call(origin(upstream), request("POST", "/", large), withIdle(150));
        Outcome.Failed failed = failed(onThread(virtual, call), Stage.SEND, Failure.UPSTREAM_TIMEOUT);
        assertThat(failed.requestSent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTotalEndsTheWriteToo(boolean virtual) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            new CompletableFuture<Void>().get(10, TimeUnit.SECONDS);
        });
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        Call call = call(origin(upstream), request("POST", "/", Body.streamed(endless, -1)), withTotal(300));
        failed(onThread(virtual, call), Stage.SEND, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void aPeerThatReadsSlowlyButReadsIsWaitedFor() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.read(4_000_000);
            assertThat(peer.closesWithin(20)).isFalse();
            peer.read(3_999_999);
            peer.send(OK);
            peer.awaitClose();
        });
        Body body = Body.streamed(new ByteArrayInputStream(new byte[8_000_000]), 8_000_000);
        Call call = call(origin(upstream), request("POST", "/", body), withIdle(2_000));
        assertThat(text(answered(transport.send(call)))).isEqualTo("ok");
    }

    @Test
    void aVirtualThreadIsHeldToTheSameTimes() throws Exception {
        Call silent = call(origin(upstream(SILENT)), request("GET", "/", Body.absent()), withFirstByte(80));
        failed(onThread(true, silent), Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
        RawUpstream dripping = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nA: ");
            drip(peer, "x");
        });
        Call dripped = call(origin(dripping), request("GET", "/", Body.absent()), withFirstByte(150));
        failed(onThread(true, dripped), Stage.HEAD, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void aVirtualThreadWaitsAsLongAsEachCallAllows() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            for (int i = 0; i < 2; i++) {
                peer.request();
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                assertThat(peer.closesWithin(350)).isFalse();
                peer.socket().setSoTimeout(10_000);
                peer.send("cd");
            }
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
            peer.awaitClose();
        });
        Timeouts brief =
                new Timeouts(PATIENT.connect(), Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(10));
        for (Timeouts timeouts : new Timeouts[] {PATIENT, brief}) {
            assertThat(textOnVirtualThread(upstream, timeouts)).isEqualTo("abcd");
        }
        assertThat(textOnVirtualThread(upstream, withIdle(80))).isEqualTo("UPSTREAM_TIMEOUT");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /** The text of an answer, or the name of the failure that broke it off. */
    private String textOnVirtualThread(RawUpstream upstream, Timeouts timeouts) throws Exception {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(text(answered(get(upstream, timeouts))));
            } catch (BodyFailure e) {
                text.complete(e.failure().name());
            } catch (Throwable e) {
                text.completeExceptionally(e);
            }
        });
        return text.get(10, TimeUnit.SECONDS);
    }

    private Outcome onThread(boolean virtual, Call call) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Runnable send = () -> outcome.complete(transport.send(call));
        if (virtual) {
            Thread.ofVirtual().start(send);
        } else {
            Thread.ofPlatform().daemon().start(send);
        }
        return outcome.get(30, TimeUnit.SECONDS);
    }
}
