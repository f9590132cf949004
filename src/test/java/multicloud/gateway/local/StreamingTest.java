package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies pass as they come, and are whole or seen to be broken. */
@Timeout(30)
class StreamingTest {
    private static final String POST = "POST /x HTTP/1.1\r\nHost: a.test\r\n";
    private static final String GET = "GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n";

    @Test
    @SuppressWarnings("try")
    void anAnswerGetsThroughWhileItsSenderPauses() throws Exception {
        try (PipedOutputStream sender = new PipedOutputStream();
                PipedInputStream body = new PipedInputStream(sender);
                ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(body, -1)));
                RawClient client = fixture.client()) {
            client.send(GET);
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            client.restOfHead();
            for (String event : new String[] {"data: 1\n\n", "data: 2\n\n"}) {
                sender.write(event.getBytes(US_ASCII));
                sender.flush();
                assertThat(client.chunk()).asString(US_ASCII).isEqualTo(event);
            }
            sender.close();
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void aLongAnswerGetsThroughWhileItsSenderPauses() throws Exception {
        try (PipedOutputStream sender = new PipedOutputStream();
                PipedInputStream body = new PipedInputStream(sender);
                ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(body, 4)));
                RawClient client = fixture.client()) {
            client.send(GET);
            sender.write(new byte[] {'a', 'b'});
            sender.flush();
            client.restOfHead();
            assertThat(client.exactly(2)).asString(US_ASCII).isEqualTo("ab");
            sender.write(new byte[] {'c', 'd'});
            sender.flush();
            assertThat(client.exactly(2)).asString(US_ASCII).isEqualTo("cd");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2\r\n"})
    void aRequestIsReadWhileItIsBeingSent(String framing) throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    InputStream in = exchange.request().body().stream();
                    String first = new String(read(in, 2), US_ASCII);
                    half.countDown();
                    return text(first + new String(read(in, 2), US_ASCII));
                });
                RawClient client = fixture.client()) {
            client.send(POST + framing + "ab");
            assertThat(half.await(5, TimeUnit.SECONDS)).isTrue();
            client.send(framing.startsWith("Content") ? "cd" : "\r\n2\r\ncd\r\n0\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("abcd");
        }
    }

    @ParameterizedTest
    @CsvSource({"true,-1", "true,5000000", "false,-1", "false,5000000"})
    void largeBodiesPassBothWays(boolean chunkedRequest, long answerLength) throws Exception {
        byte[] sent = new byte[5_000_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + i / 997);
        }
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    byte[] all = bytes(exchange.request().body());
                    return ok(Body.streamed(new java.io.ByteArrayInputStream(all), answerLength));
                });
                RawClient client = fixture.client()) {
            if (chunkedRequest) {
                client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
                for (int at = 0; at < sent.length; at += 500_000) {
                    client.send("7a120\r\n")
                            .send(Arrays.copyOfRange(sent, at, at + 500_000))
                            .send("\r\n");
                }
                client.send("0\r\n\r\n");
            } else {
                client.send(POST + "Content-Length: 5000000\r\n\r\n").send(sent);
            }
            Answer answer = client.answer();
            assertThat(answer.bytes()).isEqualTo(sent);
            assertThat(answer.field("content-length")).isEqualTo(answerLength < 0 ? null : "5000000");
            assertThat(fixture.logged(1).getFirst().bytesOut()).isEqualTo(5_000_000);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsSeenToBeBroken() throws Exception {
        for (long length : new long[] {-1, 100}) {
            try (ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(new Breaking("half"), length)));
                    RawClient client = fixture.client()) {
                client.send(GET);
                assertThatThrownBy(client::answer).isInstanceOfAny(EOFException.class, SocketException.class);
                ServerFixture.Entry entry = fixture.logged(1).getFirst();
                assertThat(entry.status()).isEqualTo(200);
                assertThat(entry.exchange().notes().code()).isEqualTo("upstream_timeout");
                assertThat(entry.bytesOut()).isEqualTo(4);
            }
        }
    }

    @Test
    void anAnswerThatEndsTooSoonIsSeenToBeBroken() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(
                        exchange -> ok(Body.streamed(new java.io.ByteArrayInputStream(new byte[5]), 10)));
                RawClient client = fixture.client()) {
            client.send(GET);
            assertThatThrownBy(client::answer).isInstanceOfAny(EOFException.class, SocketException.class);
            assertThat(fixture.logged(1).getFirst().exchange().notes().code()).isEqualTo("upstream_reset");
        }
    }

    @Test
    void anAnswerThatBreaksBeforeItsFirstByteIsAFailureOfTheUpstream() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(new Breaking(""), 100)));
                RawClient client = fixture.client()) {
            Answer answer = client.send(GET).answer();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.text()).contains("upstream_timeout");
            assertThat(fixture.logged(1).getFirst().status()).isEqualTo(504);
            assertThat(client.send(GET).answer().status()).isEqualTo(504);
        }
    }

    @Test
    void aClientThatLeavesIsLoggedAndItsUpstreamLeft() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(endless, -1)))) {
            try (RawClient client = fixture.client()) {
                client.send(GET);
                client.exactly(1000);
            }
            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(fixture.logged(1).getFirst().exchange().notes().code()).isEqualTo("client_gone");
        }
    }

    @Test
    void aClientThatWaitsForLeaveGetsItWithTheFirstRead() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(
                        exchange -> text(new String(bytes(exchange.request().body()), US_ASCII)));
                RawClient client = fixture.client()) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            assertThat(client.send("body").answer().text()).isEqualTo("body");
        }
    }

    @Test
    void aClientThatWaitsForLeaveAndIsRefusedGetsNone() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> Answers.of(Failure.BODY_TOO_LARGE, exchange));
                RawClient client = fixture.client()) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.line()).startsWith("HTTP/1.1 413 ");
            client.restOfHead();
        }
    }

    @Test
    void aBodyNobodyReadIsDrainedWhereItIsShort() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> text("no"));
                RawClient client = fixture.client()) {
            client.send(POST + "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000));
            assertThat(client.answer().text()).isEqualTo("no");
            assertThat(client.send(GET).answer().text()).isEqualTo("no");
        }
    }

    @Test
    void aBodyNobodyReadEndsTheConnectionWhereItIsLong() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> text("no"));
                RawClient client = fixture.client()) {
            client.send(POST + "Content-Length: 200000\r\n\r\n" + "x".repeat(200_000));
            Answer answer = client.answer();
            assertThat(answer.text()).isEqualTo("no");
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n8\r\nhalf"})
    void aRequestThatEndsTooSoonIsMalformed(String request) throws Exception {
        try (ServerFixture fixture = ServerFixture.of(StreamingTest::readAll);
                RawClient client = fixture.client()) {
            assertThat(client.send(POST + request).end().answer().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /x HT", "GET /x HTTP/1.1\r\nHos", POST + "Content-Length: 10\r\n\r\nhalf"})
    void aRequestThatComesTooSlowlyIsTimedOut(String request) throws Exception {
        Duration instant = Duration.ofMillis(1);
        Patience none = new Patience(Duration.ofSeconds(10), instant, instant, instant);
        try (ServerFixture fixture = ServerFixture.of(StreamingTest::readAll, none);
                RawClient client = fixture.client()) {
            Answer answer = client.send(request).answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("request_timeout");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionNobodyUsesIsClosed() throws Exception {
        Patience none = new Patience(
                Duration.ofMillis(1), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));
        try (ServerFixture fixture = ServerFixture.of(exchange -> text("ok"), none);
                RawClient client = fixture.client()) {
            assertThat(client.send(GET).answer().text()).isEqualTo("ok");
            assertThat(client.isClosed()).isTrue();
            assertThat(fixture.logged(1)).hasSize(1);
        }
    }

    @Test
    void aClientThatReadsNothingIsLeft() throws Exception {
        Patience none = new Patience(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofSeconds(1));
        AtomicBoolean read = new AtomicBoolean();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                read.set(true);
                return length;
            }
        };
        try (ServerFixture fixture = ServerFixture.of(exchange -> ok(Body.streamed(endless, -1)), none);
                RawClient client = fixture.client()) {
            client.send(GET);
            assertThat(fixture.logged(1).getFirst().exchange().notes().code()).isEqualTo("client_gone");
            assertThat(read).isTrue();
        }
    }

    private static Response readAll(Exchange exchange) {
        try {
            exchange.request().body().bytes(1 << 20, Failure.BODY_TOO_LARGE);
            return text("whole");
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Body body) {
        try {
            return body.bytes(1 << 24, Failure.BODY_TOO_LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(InputStream in, int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response ok(Body body) {
        return new Response(200, Headers.empty(), body);
    }

    private static Response text(String text) {
        return ok(Body.of(text.getBytes(ISO_8859_1)));
    }

    /** Some bytes, and then a failure. */
    private static final class Breaking extends InputStream {
        private final InputStream start;

        Breaking(String start) {
            this.start = new java.io.ByteArrayInputStream(start.getBytes(US_ASCII));
        }

        @Override
        public int read() throws IOException {
            int value = start.read();
            if (value < 0) {
                throw new BodyFailure(Failure.UPSTREAM_TIMEOUT);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = start.read(bytes, offset, length);
            if (count < 0) {
                throw new BodyFailure(Failure.UPSTREAM_TIMEOUT);
            }
            return count;
        }
    }
}
