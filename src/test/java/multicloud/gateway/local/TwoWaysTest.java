package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.testing.Pattern;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the whole gateway that are answered while they still send. */
@Timeout(60)
class TwoWaysTest {
    private static final long LONG = 64L * 1024 * 1024;
    private static final int SMALL_BUFFER = 16 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(1));

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private ServerFixture gateway(RawUpstream.Script script, String timeouts, Patience patience) throws IOException {
        RawUpstream upstream = opened(RawUpstream.of(script));
        String config = """
               { "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d" } ], "limits": { "body": "100MB" }, "timeouts": %s,
                 "paths": [ { "method": "ANY", "path": "/{.+}", "integration": { "type": "http_proxy", "server": "s" } } ] }
               """.formatted(upstream.port(), timeouts);
        SocketTransport transport = opened(SocketTransport.system(null));
        Settings settings = new Settings(Map.of("GATEWAY_CONFIG_JSON", config), Path.of(""));
        LiveGateway live = opened(LiveGateway.open(settings, transport, (line, length) -> {}, InstantSource.system()));
        assertThat(live.ready()).as(live.status().toString()).isTrue();
        return opened(ServerFixture.of(live, patience));
    }

    private ServerFixture gateway(RawUpstream.Script script) throws IOException {
        return gateway(script, "{}", Patience.DEFAULT);
    }

    private static String post(String target, long length) {
        String framing = length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
        return "POST " + target + " HTTP/1.1\r\nHost: a.test\r\n" + framing + "\r\n\r\n";
    }

    private static void send(RawClient client, String target, long length, boolean chunked) throws IOException {
        client.send(post(target, chunked ? -1 : length));
        Pattern pattern = new Pattern(length);
        byte[] piece = new byte[PIECE];
        for (int count = pattern.read(piece, 0, PIECE); count > 0; count = pattern.read(piece, 0, PIECE)) {
            byte[] bytes = Arrays.copyOf(piece, count);
            if (chunked) {
                client.send(Integer.toHexString(count) + "\r\n").send(bytes).send("\r\n");
            } else {
                client.send(bytes);
            }
        }
        if (chunked) {
            client.send("0\r\n\r\n");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Something done on the side; its failure is that of whoever asks for its end. */
    private static FutureTask<Void> beside(Work work) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    private static long readPattern(RawClient client, Answer head) throws IOException {
        long read = 0;
        for (byte[] piece = client.piece(head, read); piece.length > 0; piece = client.piece(head, read)) {
            read = Pattern.check(piece, piece.length, read);
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEchoOfManyMegabytesPassesAndTheConnectionIsUsedAgain(boolean chunked) throws Exception {
        ServerFixture gateway = gateway(RawUpstream.echoing(SMALL_BUFFER));
        RawClient client = opened(gateway.client());
        FutureTask<Void> sending = beside(() -> send(client, "/long", LONG, chunked));
        Answer head = client.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(readPattern(client, head)).isEqualTo(LONG);
        sending.get(10, TimeUnit.SECONDS);
        client.send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.answer().field("x-target")).isEqualTo("/next");
        ServerFixture.Entry entry = gateway.logged(2).getFirst();
        assertThat(entry.bytesOut()).isEqualTo(LONG);
        assertThat(entry.exchange().notes().bytesIn()).isEqualTo(LONG);
    }

    @Test
    void requestsThatFollowEachOtherWithoutAPauseAreNotMixedUp() throws Exception {
        ServerFixture gateway = gateway(RawUpstream.echoing(SMALL_BUFFER));
        RawClient client = opened(gateway.client());
        FutureTask<Void> sending = beside(() -> {
            for (int i = 0; i < 200; i++) {
                send(client, "/" + i, 1_000L * (i + 1), i % 2 == 0);
            }
        });
        for (int i = 0; i < 200; i++) {
            Answer head = client.head();
            assertThat(head.field("x-target")).isEqualTo("/" + i);
            assertThat(readPattern(client, head)).isEqualTo(1_000L * (i + 1));
        }
        sending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerBeginsBeforeTheRequestsBodyDoesAndGoesOnWithIt() throws Exception {
        ServerFixture gateway = gateway(RawUpstream.echoing(SMALL_BUFFER));
        RawClient client = opened(gateway.client());
        client.send(post("/talk", -1));
        assertThat(client.head().status()).isEqualTo(200);
        for (String said : new String[] {"one", "two", "three"}) {
            client.send(Integer.toHexString(said.length()) + "\r\n" + said + "\r\n");
            assertThat(client.chunk()).asString(US_ASCII).isEqualTo(said);
        }
        client.send("0\r\n\r\n");
        assertThat(client.chunk()).isEmpty();
        client.send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.answer().field("x-target")).isEqualTo("/next");
    }

    @Test
    void theRestOfARequestThatHasBeenAnsweredStillArrives() throws Exception {
        CompletableFuture<Integer> arrived = new CompletableFuture<>();
        ServerFixture gateway = gateway(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n").send(Pattern.bytes(20_000));
            arrived.complete(peer.read(1_000_000).length);
            RawUpstream.echoing(SMALL_BUFFER).play(peer);
        });
        RawClient client = opened(gateway.client());
        client.send(post("/early", 1_000_000)).send(new byte[500_000]);
        Answer head = client.head();
        assertThat(readPattern(client, head)).isEqualTo(20_000);
        assertThat(head.field("connection")).isNull();
        client.send(new byte[500_000]).send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.answer().field("x-target")).isEqualTo("/next");
        assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalReachesAClientThatGoesOnSendingAndEndsItsConnection(boolean chunked) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ServerFixture gateway = gateway(peer -> {
            peer.head();
            peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch");
            over.await(20, TimeUnit.SECONDS);
        });
        RawClient client = opened(gateway.client());
        FutureTask<Void> sending = beside(() -> {
            send(client, "/large", LONG, chunked);
            client.send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        });
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).isEqualTo("much");
        assertThat(answer.field("connection")).isEqualTo("close");
        assertThat(client.isClosed()).isTrue();
        assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SocketException.class);
        over.countDown();
    }

    @Test
    void aRefusalReachesAClientThatPausesAndEndsItsConnection() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ServerFixture gateway = gateway(
                peer -> {
                    peer.head();
                    peer.read(100_000);
                    peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch");
                    over.await(20, TimeUnit.SECONDS);
                },
                "{}",
                SHORT);
        RawClient client = opened(gateway.client());
        client.send(post("/large", LONG)).send(new byte[100_000]);
        Answer answer = client.answer();
        assertThat(answer.text()).isEqualTo("much");
        assertThat(answer.field("connection")).isEqualTo("close");
        assertThat(client.isClosed()).isTrue();
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatBreaksOffBehindTheHeadOfItsAnswerIsWholeForNobody(boolean chunked) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        ServerFixture gateway = gateway(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbit\r\n");
            seen.complete(new String(peer.read(200_000), ISO_8859_1));
        });
        RawClient client = opened(gateway.client());
        client.send(post("/half", chunked ? -1 : 100_000)).send(chunked ? "8\r\nhalf" : "half");
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.chunk()).asString(US_ASCII).isEqualTo("bit");
        client.end();
        assertThatThrownBy(client::chunk).isInstanceOf(IOException.class);
        assertThat(seen.get(10, TimeUnit.SECONDS)).doesNotEndWith("0\r\n\r\n");
        assertThat(gateway.logged(1).getFirst().exchange().notes().code()).isEqualTo("malformed_request");
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheCall() throws Exception {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        ServerFixture gateway = gateway(peer -> {
            peer.head();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbit\r\n");
            left.complete(peer.awaitClose());
        });
        try (RawClient client = gateway.client()) {
            client.send(post("/half", LONG)).send(new byte[100_000]);
            assertThat(client.head().status()).isEqualTo(200);
        }
        assertThat(left.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.logged(1)).hasSize(1);
    }

    @Test
    void aClientThatDoesNotSendItsBodyByTheTotalIsTooSlow() throws Exception {
        ServerFixture gateway = gateway(
                peer -> {
                    peer.head();
                    peer.awaitClose();
                },
                "{ \"total\": \"1s\" }",
                SHORT);
        RawClient client = opened(gateway.client());
        client.send(post("/slow", 100_000)).send(new byte[50_000]);
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(408);
        assertThat(client.isClosed()).isTrue();
        assertThat(gateway.logged(1).getFirst().exchange().notes().attempts())
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.outcome()).isEqualTo("request_timeout");
                    assertThat(attempt.stage()).isEqualTo("send");
                });
    }

    @Test
    void aClientThatWaitsForLeaveGetsItBeforeItsAnswer() throws Exception {
        ServerFixture gateway = gateway(peer -> {
            String head = peer.head();
            assertThat(head).doesNotContainIgnoringCase("expect");
            peer.read(20_000);
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            peer.awaitClose();
        });
        RawClient client = opened(gateway.client());
        client.send(post("/x", 20_000).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send(new byte[20_000]).answer().text()).isEqualTo("ok");
    }

    @Test
    void leaveIsNotGivenInTheMiddleOfAnAnswer() throws Exception {
        ServerFixture server = opened(ServerFixture.of(
                exchange -> new Response(200, Headers.empty(), Body.streamed(exchange.request().body().stream(), -1))));
        RawClient client = opened(server.client());
        client.send(post("/x", 4).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
        assertThat(client.head().status()).isEqualTo(200);
        client.send("body");
        assertThat(client.chunk()).asString(US_ASCII).isEqualTo("body");
        assertThat(client.chunk()).isEmpty();
    }
}
