package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyAnswersTest extends TransportTesting {
    private static final int SIZE = 20_000_000;
    private static final String REFUSAL = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch";

    private void isRefused(RawUpstream upstream, Body body) throws Exception {
        Call call = call(origin(upstream), request("POST", "/", body), withIdle(300));
        Response response = answered(transport.send(call));
        assertThat(response.status()).isEqualTo(413);
        assertThat(text(response)).isEqualTo("much");
        assertThat(transport.census().open()).isZero();
    }

    @Test
    void aRefusalFromAPeerThatStopsReadingIsHeard() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(REFUSAL);
            new CompletableFuture<Void>().get(10, TimeUnit.SECONDS);
        });
        isRefused(upstream, Body.of(new byte[SIZE]));
    }

    @Test
    void aRefusalFromAPeerThatClosesIsHeard() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.read(100_000);
            peer.send(REFUSAL);
        });
        isRefused(upstream, Body.of(new byte[SIZE]));
    }

    @Test
    void aRefusedChunkedBodyIsNeverEndedAsIfItWereWhole() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send(REFUSAL);
            seen.complete(new String(peer.read(2 * SIZE), StandardCharsets.ISO_8859_1));
        });
        isRefused(upstream, Body.streamed(new ByteArrayInputStream(new byte[SIZE]), -1));
        assertThat(seen.get(10, TimeUnit.SECONDS)).doesNotEndWith("0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 303})
    void anEarlySuccessDoesNotStopTheBody(int status) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            String head = peer.head();
            assertThat(head).contains("Content-Length: " + SIZE);
            peer.send("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\nok");
            assertThat(peer.read(SIZE)).hasSize(SIZE);
            Peer.Received second = peer.request();
            assertThat(second.line()).startsWith("GET");
            peer.send(OK);
            peer.awaitClose();
        });
        Response response = answered(send(upstream, "POST", Body.of(new byte[SIZE])));
        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response)).isEqualTo("ok");
        assertThat(text(answered(get(upstream)))).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void interimAnswersDuringTheBodyAreSkipped() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send("HTTP/1.1 100 Continue\r\n\r\n");
            peer.read(SIZE / 2);
            peer.send("HTTP/1.1 103 Early Hints\r\n\r\n");
            peer.read(SIZE / 2);
            peer.send(OK);
            peer.awaitClose();
        });
        assertThat(text(answered(send(upstream, "POST", Body.of(new byte[SIZE])))))
                .isEqualTo("ok");
    }

    @Test
    void garbageDuringTheBodyIsMalformed() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.send("what is this\r\n\r\n");
            peer.awaitClose();
        });
        failed(send(upstream, "POST", Body.of(new byte[SIZE])), Stage.SEND, Failure.UPSTREAM_MALFORMED);
    }

    @Test
    void aResetDuringTheBodyIsOne() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            peer.reset();
        });
        Outcome.Failed failed =
                failed(send(upstream, "POST", Body.of(new byte[SIZE])), Stage.SEND, Failure.UPSTREAM_RESET);
        assertThat(failed.requestSent()).isTrue();
    }
}
