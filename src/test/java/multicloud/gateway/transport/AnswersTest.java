package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest extends TransportTesting {

    private Response answer(String bytes) throws Exception {
        return answered(get(upstream(RawUpstream.once(bytes))));
    }

    @Test
    void statusFieldsAndBodyComeAsTheyWere() throws Exception {
        Response response = answer(lines(
                "HTTP/1.1 418 I'm a teapot",
                "Set-Cookie: a=1",
                "set-cookie:b=2 ",
                "X: \t\u0080\u00ff\t",
                "Content-Encoding: gzip",
                "Connection: x-y",
                "Content-Length: 4",
                "",
                "\u0000\u00ff\r\n"));
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.headers())
                .isEqualTo(Headers.of(
                        "Set-Cookie",
                        "a=1",
                        "set-cookie",
                        "b=2",
                        "X",
                        "\u0080\u00ff",
                        "Content-Encoding",
                        "gzip",
                        "Connection",
                        "x-y",
                        "Content-Length",
                        "4"));
        assertThat(response.body().length()).isEqualTo(4);
        assertThat(text(response)).isEqualTo("\u0000\u00ff\r\n");
    }

    @Test
    void chunksAreJoinedAndTrailersDropped() throws Exception {
        Response response = answer(lines(
                "HTTP/1.1 200 OK",
                "transfer-encoding: Chunked",
                "",
                "5;name=\"v;\u00e4\"",
                "hello",
                "00a ; x",
                ", you all!",
                "0",
                "X-Trailer: 1",
                "Y: 2",
                "",
                ""));
        assertThat(response.body().length()).isEqualTo(-1);
        assertThat(text(response)).isEqualTo("hello, you all!");
        assertThat(response.headers().contains("X-Trailer")).isFalse();
        assertThat(transport.census().idle()).isEqualTo(1);
    }

    @Test
    void withoutFramingTheBodyEndsWithTheConnection() throws Exception {
        assertThat(text(answer("HTTP/1.1 200 OK\r\n\r\nall of it"))).isEqualTo("all of it");
        assertThat(text(answer("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nold")))
                .isEqualTo("old");
        assertThat(transport.census().idle()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 \r\nContent-Length: 02\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 \u00e4\u00f6\r\ncontent-LENGTH:2\r\n\r\nok",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            })
    void headsThatTheStandardAllowsAreRead(String bytes) throws Exception {
        Response response = answer(bytes);
        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 7",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: abc"
            })
    void anAnswerToHeadIsHeldToItsFramingToo(String fields) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n"));
        failed(send(upstream, "HEAD", Body.absent()), Stage.HEAD, Failure.UPSTREAM_MALFORMED);
    }

    @Test
    void answersWithoutABodyEndWithTheirHead() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n"));
        for (int i = 0; i < 3; i++) {
            Response head = answered(send(upstream, "HEAD", Body.absent()));
            assertThat(head.headers().first("Content-Length")).isEqualTo("77");
            assertThat(head.body().isAbsent()).isTrue();
        }
        assertThat(upstream.connections())
                .as("whoever sends a body all the same")
                .isEqualTo(3);
        for (String status : new String[] {"204", "304"}) {
            Response response = answered(
                    get(upstream(RawUpstream.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n"))));
            assertThat(response.body().isAbsent()).isTrue();
        }
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body().length())
                .isZero();
    }

    @Test
    void aBodyIsReadAsItComes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
            peer.send("3\r\ndef\r\n0\r\n\r\n");
            peer.awaitClose();
        });
        Response response = answered(get(upstream));
        try (InputStream stream = response.body().stream()) {
            byte[] piece = new byte[100];
            assertThat(new String(piece, 0, stream.read(piece), StandardCharsets.US_ASCII))
                    .isEqualTo("abc");
            assertThat(transport.census().inUse()).isEqualTo(1);
            seen.countDown();
            assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("def");
        }
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(1, 1, 0));
    }

    @Test
    void aLargeBodyOfKnownLengthGivesItsConnectionBackWithTheLastByte() throws Exception {
        String large = "x".repeat(200_000);
        RawUpstream upstream =
                upstream(RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + large));
        Response response = answered(get(upstream));
        assertThat(response.body().stream().readNBytes(200_000)).hasSize(200_000);
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(1, 1, 0));
        assertThat(response.body().stream().read()).isEqualTo(-1);
        assertThat(text(answered(get(upstream)))).isEqualTo(large);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsClosedBeforeItsEndClosesTheConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin");
            if (peer.awaitClose()) {
                closed.countDown();
            }
        });
        Response response = answered(get(upstream));
        assertThat(response.body().stream().read()).isEqualTo('b');
        response.body().close();
        response.body().close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(transport.census()).isEqualTo(new SocketTransport.Census(0, 0, 0));
        assertThat(catchThrowableOfType(
                        BodyFailure.class, () -> response.body().stream().read()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void halfABodyIsAReset(String bytes) throws Exception {
        Response response = answer(bytes);
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_RESET);
        assertThat(catchThrowableOfType(BodyFailure.class, () -> text(response)))
                .isSameAs(failure);
    }

    @Test
    void aResetInTheBodyIsOne() throws Exception {
        CountDownLatch headRead = new CountDownLatch(1);
        Response response = answered(get(upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            headRead.await(10, TimeUnit.SECONDS);
            peer.reset();
        })));
        headRead.countDown();
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_RESET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello",
                "8000000000000000\r\nhello",
                "5,5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloo\r\n0\r\n\r\n",
                "g\r\n",
                "5;a=\u0000\r\nhello\r\n0\r\n\r\n",
                "5\r;\r\nhello\r\n0\r\n\r\n",
                "\u0665\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nbad trailer\r\n\r\n",
                "5\r\nhello\r\n0\r\n folded: x\r\n\r\n",
                "5\r\nhello\r\n0\r\nA: b\n\r\n",
                "0\n\n",
                "0\r\n\n"
            })
    void malformedChunksAreNeverGuessedAt(String chunks) throws Exception {
        Response response = answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_MALFORMED);
    }

    @Test
    void extensionsAndTrailersAreBounded() throws Exception {
        for (String chunks : new String[] {
            "1;" + "x".repeat(2_000) + "\r\na\r\n0\r\n\r\n", "0\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"
        }) {
            Response response = answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
            assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5,5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -1",
                "Content-Length: 0x5",
                "Content-Length:",
                "Content-Length: 5 5",
                "Content-Length: 5.0",
                "Content-Length: 9999999999999999999",
                "Content-Length: \u0665",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked;x",
                "Transfer-Encoding:",
                "Transfer-Encoding: \"chunked\"",
                "Content-Length : 5",
                " Content-Length: 5",
                "A: b\r\n folded\r\nContent-Length: 5",
                "A: b\rc",
                "A: b\u0000c",
                "A: b\u0007",
                "A: \u007f",
                "A b: c",
                ": c",
                "no colon",
                "\u00c4: b",
                "A: b\r\r"
            })
    void malformedHeadsAndFramingsAreNeverGuessedAt(String fields) throws Exception {
        RawUpstream upstream = upstream(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\nhello");
            peer.awaitClose();
        });
        Outcome.Failed failed = failed(get(upstream), Stage.HEAD, Failure.UPSTREAM_MALFORMED);
        assertThat(failed.requestSent()).isTrue();
        assertThat(transport.census().open()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 099 X",
                "HTTP/1.1 600 X",
                "HTTP/1.1 999 X",
                "HTTP/1.1 20 X",
                "HTTP/1.1 2000 X",
                "HTTP/1.1 +20 X",
                "HTTP/1.1  200 X",
                "HTTP/1.1\t200 X",
                "HTTP/1.2 200 X",
                "HTTP/2 200 X",
                "HTTP/2.0 200 X",
                "HTTP/0.9 200 X",
                "http/1.1 200 X",
                "HTTP/1.1 200\tX",
                "HTTP/1.1 200 X\u0000",
                "HTTP/1.1 101 Switching Protocols",
                "ICY 200 OK",
                "SSH-2.0-OpenSSH",
                "",
                " HTTP/1.1 200 X",
                "\r\nHTTP/1.1 200 OK",
                "HTTP/1.1 200 a\rb",
                "HTTP/1.1"
            })
    void badStatusLinesAreMalformed(String line) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.once(line + "\r\nContent-Length: 0\r\n\r\n"));
        failed(get(upstream), Stage.HEAD, Failure.UPSTREAM_MALFORMED);
    }

    @Test
    void chunksInHttp10AreMalformed() throws Exception {
        RawUpstream upstream =
                upstream(RawUpstream.once("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        failed(get(upstream), Stage.HEAD, Failure.UPSTREAM_MALFORMED);
    }

    @Test
    void headsAreBounded() throws Exception {
        String longLine = "HTTP/1.1 200 OK\r\nA: " + "x".repeat(17_000) + "\r\n\r\n";
        String longHead = "HTTP/1.1 200 OK\r\n" + ("A: " + "x".repeat(15_000) + "\r\n").repeat(5) + "\r\n";
        String manyFields = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(201) + "\r\n";
        String manyInterim = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(9) + OK;
        for (String bytes : new String[] {longLine, longHead, manyFields, manyInterim}) {
            failed(get(upstream(RawUpstream.once(bytes))), Stage.HEAD, Failure.UPSTREAM_MALFORMED);
        }
        Response fits = answer("HTTP/1.1 200 OK\r\n" + ("A: " + "x".repeat(15_000) + "\r\n").repeat(4)
                + "B: c\r\n".repeat(195) + "Content-Length: 0\r\n\r\n");
        assertThat(fits.headers().size()).isEqualTo(200);
    }

    @Test
    void anEndOrResetBeforeTheWholeHeadIsAReset() throws Exception {
        failed(get(upstream(peer -> peer.request())), Stage.FIRST_BYTE, Failure.UPSTREAM_RESET);
        failed(
                get(upstream(peer -> {
                    peer.request();
                    peer.reset();
                })),
                Stage.FIRST_BYTE,
                Failure.UPSTREAM_RESET);
        failed(get(upstream(RawUpstream.once("HTTP/1.1 200 O"))), Stage.HEAD, Failure.UPSTREAM_RESET);
        failed(get(upstream(RawUpstream.once("HTTP/1.1 200 OK\r\nA: b\r\n"))), Stage.HEAD, Failure.UPSTREAM_RESET);
    }
}
