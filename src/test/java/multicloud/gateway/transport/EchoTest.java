package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Request;
import multicloud.gateway.testing.Certificates;
import multicloud.gateway.testing.Pattern;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that answers with the request's own body, and holds nothing of it back. */
@Timeout(180)
class EchoTest extends TwoWaysTesting {
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void manyMegabytesPassAndTheConnectionIsUsedAgain(boolean virtual, boolean chunked) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.echoing(SMALL_BUFFER));
        Body body = Body.streamed(new Pattern(LONG), chunked ? -1 : LONG);
        assertThat(on(virtual, () -> read(answer(upstream, body, LEISURELY)))).isEqualTo(LONG);
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(1, 1, 0));
        assertThat(on(virtual, () -> text(answered(get(upstream))))).isEmpty();
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /** The tests run without the compiler that makes ciphers fast, so only one of these is as long. */
    @ParameterizedTest
    @CsvSource({"true, 64", "false, 8"})
    void manyMegabytesPassOverTls(boolean virtual, int megabytes) throws Exception {
        Certificates certificates = Certificates.forNames("dns:localhost");
        RawUpstream upstream = closing(RawUpstream.secure(certificates.server(), peer -> {
            peer.socket().setReceiveBufferSize(8 * SMALL_BUFFER);
            RawUpstream.echoing(8 * SMALL_BUFFER).play(peer);
        }));
        transport.close();
        transport = new SocketTransport(
                ConnectionLimits.DEFAULT,
                () -> Instant.ofEpochMilli(wallMillis.get()),
                name -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                () -> certificates.client().getSocketFactory(),
                null);
        Origin origin = new Origin(true, "localhost", upstream.port(), AddressRule.PRIVATE);
        long length = megabytes * 1024L * 1024;
        Request post = request("POST", "/", streamed(length));
        long read = on(virtual, () -> read(answered(transport.send(call(origin, post, LEISURELY)))));
        assertThat(read).isEqualTo(length);
        Request get = request("GET", "/", Body.absent());
        assertThat(text(answered(transport.send(call(origin, get, LEISURELY))))).isEmpty();
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyInMemoryPasses(boolean virtual) throws Exception {
        int length = 6 * 1024 * 1024;
        RawUpstream upstream = upstream(RawUpstream.echoing(SMALL_BUFFER));
        byte[] echoed = on(
                virtual,
                () -> answer(upstream, Body.of(Pattern.bytes(length)), LEISURELY)
                        .body()
                        .bytes(length, Failure.RESPONSE_TOO_LARGE));
        assertThat(echoed).isEqualTo(Pattern.bytes(length));
        assertThat(transport.census().idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n", "Connection: close\r\nContent-Length: 67108864\r\n"})
    void anEchoWithWhichItsConnectionEndsPassesWhole(String fields) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.socket().setSendBufferSize(SMALL_BUFFER);
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\n" + fields + "\r\n");
            peer.echo(LONG);
        });
        assertThat(read(answer(upstream, streamed(LONG), LEISURELY))).isEqualTo(LONG);
        assertThat(transport.census().open()).isZero();
    }

    @Test
    void aPieceComesBackBeforeTheNextIsThere() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.echoing(SMALL_BUFFER));
        SynchronousQueue<Integer> pieces = new SynchronousQueue<>();
        Body body = Body.streamed(new Handed(pieces), -1);
        InputStream content = answer(upstream, body, LEISURELY).body().stream();
        for (int i = 0; i < 100; i++) {
            pieces.put(i);
            assertThat(content.read()).isEqualTo(i);
        }
        pieces.put(-1);
        assertThat(content.read()).isEqualTo(-1);
        assertThat(transport.census().idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyAtOnceKeepApart(boolean virtual) throws Exception {
        transport.close();
        transport = transport(new ConnectionLimits(8, 8, 8, Duration.ofSeconds(50)), Resolver.system(), null);
        RawUpstream upstream = upstream(RawUpstream.echoing(SMALL_BUFFER));
        List<Future<Long>> lengths = new ArrayList<>();
        try (ExecutorService threads =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 400; i++) {
                int length = 9_000 + 200 * i;
                Body body = i % 2 == 0 ? streamed(length) : Body.of(Pattern.bytes(length));
                lengths.add(threads.submit(() -> read(answer(upstream, body, LEISURELY))));
            }
            for (int i = 0; i < 400; i++) {
                assertThat(lengths.get(i).get(150, TimeUnit.SECONDS)).isEqualTo(9_000 + 200 * i);
            }
        }
    }

    /** Bytes that come one by one, from another thread. */
    private static final class Handed extends InputStream {
        private final SynchronousQueue<Integer> pieces;

        Handed(SynchronousQueue<Integer> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() throws IOException {
            try {
                return pieces.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int value = read();
            bytes[from] = (byte) value;
            return value < 0 ? -1 : 1;
        }
    }
}
