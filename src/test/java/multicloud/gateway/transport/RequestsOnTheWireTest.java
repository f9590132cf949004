package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsOnTheWireTest extends TransportTesting {

    private Peer.Received sent(Request request) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n"));
        answered(transport.send(call(origin(upstream), request, PATIENT)));
        return upstream.requests().getLast();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "*",
                "//a//b",
                "/a|b{c}\"d^`<>\\",
                "/%2e%2E/%zz",
                "/?",
                "/?flag=",
                "/?a=1&b=2&a=3",
                "/?q=a+b%20c",
                "/x;v=1?y=/../z",
                "/?u=http://e/?x#f",
                "/caf\u00c3\u00a9",
                "/a?b?c"
            })
    void theTargetGoesOutByteForByte(String target) throws Exception {
        assertThat(sent(request("GET", target, Body.absent())).line()).isEqualTo("GET " + target + " HTTP/1.1");
    }

    @Test
    void nothingIsAddedButHost() throws Exception {
        Peer.Received received = sent(request("GET", "/", Body.absent()));
        assertThat(received.head()).matches("GET / HTTP/1\\.1\r\nHost: 127\\.0\\.0\\.1:\\d+\r\n\r\n");
    }

    @Test
    void fieldsKeepTheirOrderTheirCaseAndTheirBytes() throws Exception {
        Headers headers = Headers.of(
                "X-b", "2", "host", "other:1", "x-A", "", "X-B", "\u0080\u009f\u00ff \t~", "Cookie", "a=b; c");
        Peer.Received received = sent(new Request("GET", RequestTarget.parse("/"), headers, Body.absent()));
        assertThat(received.head())
                .isEqualTo(lines(
                        "GET / HTTP/1.1",
                        "X-b: 2",
                        "host: other:1",
                        "x-A: ",
                        "X-B: \u0080\u009f\u00ff \t~",
                        "Cookie: a=b; c",
                        "",
                        ""));
    }

    @Test
    void theCallersOwnFramingAndExpectAreLeftOut() throws Exception {
        Headers headers =
                Headers.of("Content-Length", "99", "transfer-encoding", "gzip", "Expect", "100-continue", "Host", "h");
        Peer.Received received = sent(new Request("POST", RequestTarget.parse("/"), headers, body("abc")));
        assertThat(received.head()).isEqualTo("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n");
        assertThat(received.text()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void everyMethodTakesABody(String method) throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Peer.Received received = sent(request(method, "/", Body.of(all)));
        assertThat(received.line()).startsWith(method + " ");
        assertThat(received.head()).contains("\r\nContent-Length: 256\r\n");
        assertThat(received.body()).isEqualTo(all);
    }

    @Test
    void anAbsentBodyHasNoFramingSaveWhereAServerExpectsOne() throws Exception {
        for (String method : List.of("GET", "HEAD", "DELETE", "OPTIONS")) {
            assertThat(sent(request(method, "/", Body.absent())).head()).doesNotContain("Content-Length");
        }
        for (String method : List.of("POST", "PUT", "PATCH")) {
            assertThat(sent(request(method, "/", Body.absent())).head()).contains("\r\nContent-Length: 0\r\n");
        }
        assertThat(sent(request("DELETE", "/", Body.empty())).head()).contains("\r\nContent-Length: 0\r\n");
    }

    @Test
    void largeAndStreamedBodiesArriveWhole() throws Exception {
        byte[] large = new byte[3_000_017];
        new Random(7).nextBytes(large);
        assertThat(sent(request("PUT", "/", Body.of(large))).body()).isEqualTo(large);
        Peer.Received counted =
                sent(request("POST", "/", Body.streamed(new ByteArrayInputStream(large), large.length)));
        assertThat(counted.head()).contains("\r\nContent-Length: 3000017\r\n").doesNotContain("chunked");
        assertThat(counted.body()).isEqualTo(large);
        Peer.Received chunked = sent(request("POST", "/", Body.streamed(new ByteArrayInputStream(large), -1)));
        assertThat(chunked.head())
                .contains("\r\nTransfer-Encoding: chunked\r\n")
                .doesNotContain("Content-Length");
        assertThat(chunked.body()).isEqualTo(large);
    }

    @Test
    void aStreamLongerThanItsLengthIsCutThere() throws Exception {
        Body body = Body.streamed(new ByteArrayInputStream(new byte[50]), 20);
        assertThat(sent(request("POST", "/", body)).body()).hasSize(20);
    }

    @Test
    void aStreamedBodyGoesOutAsItComes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            assertThat(new String(peer.read(8), StandardCharsets.US_ASCII)).isEqualTo("3\r\nabc\r\n");
            seen.countDown();
            peer.read("3\r\ndef\r\n0\r\n\r\n".length());
            peer.send(OK);
            peer.awaitClose();
        });
        InputStream source = new InputStream() {
            private int at;

            @Override
            public int read() {
                throw new AssertionError("bytes are read in pieces");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (at == 3) {
                    await(seen);
                }
                if (at == 6) {
                    return -1;
                }
                for (int i = 0; i < 3; i++) {
                    bytes[from + i] = (byte) ('a' + at++);
                }
                return 3;
            }
        };
        assertThat(text(answered(send(upstream, "POST", Body.streamed(source, -1)))))
                .isEqualTo("ok");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the first piece was held back");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whatWouldBreakTheHeadNeverGoesOut() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        for (String target : List.of("/a b", "/a\r\nX: y", "/a\n", "/\0", "", "/\u0100", "/\u007f")) {
            refused(upstream, new Request("GET", RequestTarget.parse(target), Headers.empty(), Body.absent()));
        }
        for (String method : List.of("", "GE T", "GET\r\n", "G:T", "G\u00c9T")) {
            refused(upstream, request(method, "/", Body.absent()));
        }
        for (String value : List.of("a\r\nb: c", "a\rb", "a\nb", "a\0b", "\u0100")) {
            refused(upstream, new Request("GET", RequestTarget.parse("/"), Headers.of("a", value), Body.absent()));
        }
        for (String name : List.of("", "a b", "a:", "a\r\nb", "\u00e9")) {
            refused(upstream, new Request("GET", RequestTarget.parse("/"), Headers.of(name, "v"), Body.absent()));
        }
        Headers twoHosts = Headers.of("Host", "a", "host", "b");
        refused(upstream, new Request("GET", RequestTarget.parse("/"), twoHosts, Body.absent()));
        assertThat(upstream.connections()).isZero();
    }

    private void refused(RawUpstream upstream, Request request) {
        Outcome outcome = transport.send(call(origin(upstream), request, PATIENT));
        assertThat(failed(outcome, Stage.SEND, Failure.MALFORMED_REQUEST).requestSent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100_000})
    void aBodyThatCannotBeReadIsNeverTakenForAWholeOne(long length) throws Exception {
        CompletableFuture<byte[]> seen = new CompletableFuture<>();
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            seen.complete(peer.read(1_000_000));
        });
        InputStream source = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                throw new IOException("bytes are read in pieces");
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                if (begun) {
                    throw new BodyFailure(Failure.BODY_TOO_LARGE);
                }
                begun = true;
                return 20;
            }
        };
        Outcome outcome = send(upstream, "POST", Body.streamed(source, length));
        assertThat(failed(outcome, Stage.SEND, Failure.BODY_TOO_LARGE).requestSent())
                .isTrue();
        assertThat(new String(seen.get(10, TimeUnit.SECONDS), StandardCharsets.US_ASCII))
                .doesNotContain("0\r\n\r\n");
    }

    @Test
    void aBugInTheBodyEndsTheConnectionAndIsNotHidden() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        RawUpstream upstream = upstream(peer -> {
            peer.head();
            seen.complete(new String(peer.read(1_000_000), StandardCharsets.US_ASCII));
        });
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("a bug");
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                throw new IllegalStateException("a bug");
            }
        };
        assertThatThrownBy(() -> send(upstream, "POST", Body.streamed(broken, -1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(seen.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aBodyShorterThanItsLengthIsTheClientsFault() throws Exception {
        RawUpstream upstream = upstream(peer -> peer.awaitClose());
        Body body = Body.streamed(new ByteArrayInputStream(new byte[10]), 20);
        failed(send(upstream, "POST", body), Stage.SEND, Failure.MALFORMED_REQUEST);
    }
}
