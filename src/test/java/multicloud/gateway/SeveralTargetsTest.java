package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.TargetStates;
import multicloud.gateway.upstream.WallClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with several targets on real sockets: who is asked, how often, and what the client gets. */
class SeveralTargetsTest {
    private static final RawUpstream.Script RESET = peer -> {
        peer.request();
        peer.reset();
    };

    private final WallClock clock = new WallClock();
    private final SocketTransport transport = SocketTransport.system(null);
    private final List<RawUpstream> upstreams = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private String region = "eu-west-1";

    @AfterEach
    void close() throws IOException {
        transport.close();
        for (RawUpstream upstream : upstreams) {
            upstream.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static RawUpstream.Script answering(int status, String name, String... fields) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + name.length() + "\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return RawUpstream.answering(head + "\r\n" + name);
    }

    private static RawUpstream.Script good(String name) {
        return answering(200, name);
    }

    /** Adds a target; {@code more} is further JSON of it. */
    private RawUpstream target(String name, String more, RawUpstream.Script... scripts) {
        try {
            RawUpstream upstream = RawUpstream.of(scripts);
            upstreams.add(upstream);
            add(name, more, upstream.port());
            return upstream;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void add(String name, String more, int port) {
        targets.add("{\"name\": \"%s\", \"url\": \"http://127.0.0.1:%d\", \"cloud\": \"c-%s\" %s}"
                .formatted(name, port, name, more));
    }

    /** A target where nobody listens, and nobody else will. */
    private void deadTarget(String name, String more) {
        Socket bound = new Socket();
        sockets.add(bound);
        try {
            bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        add(name, more, bound.getLocalPort());
    }

    private Gateway gateway(String server) {
        return gateway(server, "", "");
    }

    private Gateway gateway(String server, String servers, String path) {
        String document =
                """
                {"servers": [{"alias": "s", "targets": [%s] %s} %s],
                 "paths": [{"method": "ANY", "path": "/{.+}", "integration": {"type": "http", "server": "s"} %s}]}""".formatted(String.join(",", targets), server.isEmpty() ? "" : ", " + server, servers, path);
        return Gateway.compile(
                config(document), "v1", new Lasting(transport, new TargetStates(clock, new Chance(1)), clock, region));
    }

    private static GatewayConfig config(String document) {
        return switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static String ask(Gateway gateway, Exchange exchange) {
        Response response = gateway.handle(exchange);
        try {
            byte[] body = response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE);
            return response.status() + " " + (response.status() < 300 ? new String(body, UTF_8) : "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String get(Gateway gateway) {
        return ask(gateway, Exchanges.get("/a"));
    }

    private static List<String> outcomes(Exchange exchange) {
        return exchange.notes().attempts().stream()
                .map(attempt -> attempt.target() + " " + attempt.outcome()
                        + (attempt.stage() == null ? "" : " " + attempt.stage()))
                .toList();
    }

    @Test
    void weightsShareTheRequests() {
        RawUpstream a = target("a", ", \"weight\": 3", good("a"));
        RawUpstream b = target("b", "", good("b"));
        Gateway gateway = gateway("");
        for (int i = 0; i < 40; i++) {
            get(gateway);
        }
        assertThat(a.requests()).hasSize(30);
        assertThat(b.requests()).hasSize(10);
    }

    @Test
    void withoutRetryThereIsOneAttempt() {
        deadTarget("dead", "");
        target("alive", ", \"priority\": 1", good("alive"));
        Exchange exchange = Exchanges.get("/a");
        assertThat(ask(gateway(""), exchange)).isEqualTo("502 ");
        assertThat(outcomes(exchange)).containsExactly("dead upstream_unreachable connect");
    }

    @Test
    void theNextPriorityAnswersForTheFirst() {
        deadTarget("dead", "");
        target("alive", ", \"priority\": 1", good("alive"));
        Exchange exchange = Exchanges.get("/a");
        assertThat(ask(gateway("\"retry\": {}"), exchange)).isEqualTo("200 alive");
        assertThat(outcomes(exchange)).containsExactly("dead upstream_unreachable connect", "alive 200");
        assertThat(exchange.notes().attempts().getLast().cloud()).isEqualTo("c-alive");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 502, 200 second",
        "GET, 503, 200 second",
        "GET, 504, 200 second",
        "GET, 500, '500 '",
        "GET, 429, '429 '",
        "HEAD, 503, '200 '",
        "PUT, 503, 200 second",
        "DELETE, 503, 200 second",
        "OPTIONS, 503, 200 second",
        "POST, 503, '503 '",
        "PATCH, 503, '503 '"
    })
    void onlyWhatDoesNoHarmIsSentAgainAfterAnAnswer(String method, int status, String expected) {
        target("first", "", answering(status, ""));
        RawUpstream second = target("second", ", \"priority\": 1", method.equals("HEAD") ? good("") : good("second"));
        Gateway gateway = gateway("\"retry\": {}");
        Exchange exchange = Exchanges.exchange(method, "/a", Body.of(new byte[] {1, 2}));
        assertThat(ask(gateway, exchange)).isEqualTo(expected);
        assertThat(second.requests()).hasSize(expected.startsWith("200") ? 1 : 0);
    }

    @Test
    void aPostIsSentAgainWhenNothingOfItWasSent() {
        deadTarget("dead", "");
        RawUpstream alive = target("alive", ", \"priority\": 1", good("alive"));
        byte[] body = "some body".getBytes(UTF_8);
        assertThat(ask(gateway("\"retry\": {}"), Exchanges.exchange("POST", "/a?x=%7C", Body.of(body))))
                .isEqualTo("200 alive");
        assertThat(alive.requests().getFirst().head()).startsWith("POST /a?x=%7C HTTP/1.1");
        assertThat(alive.requests().getFirst().body()).isEqualTo(body);
    }

    @Test
    void aPostWithAKeyIsSentAgainWhereTheDocumentSaysSo() {
        target("first", "", RESET);
        RawUpstream second = target("second", ", \"priority\": 1", good("second"));
        String[] key = {"Idempotency-Key", "k1"};
        assertThat(ask(gateway("\"retry\": {}"), Exchanges.exchange("POST", "/a", Body.of(new byte[9]), key)))
                .isEqualTo("502 ");
        Gateway gateway = gateway("\"retry\": {\"idempotency_key\": true}");
        assertThat(ask(gateway, Exchanges.exchange("POST", "/a", Body.of(new byte[9]), key)))
                .isEqualTo("200 second");
        assertThat(ask(gateway, Exchanges.exchange("POST", "/a", Body.of(new byte[9]))))
                .isEqualTo("502 ");
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void aStreamedBodyIsReadWholeFirstAndSentAgainByteForByte() {
        byte[] body = new byte[200 * 1024];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31);
        }
        target("first", "", answering(503, ""));
        RawUpstream second = target("second", ", \"priority\": 1", good("second"));
        Exchange exchange = Exchanges.exchange("PUT", "/a", Body.streamed(new ByteArrayInputStream(body), body.length));
        assertThat(ask(gateway("\"retry\": {}"), exchange)).isEqualTo("200 second");
        assertThat(second.requests().getFirst().body()).isEqualTo(body);
    }

    @Test
    void aStreamThatHasBegunIsNotSentAgain() {
        target("first", "", answering(503, ""));
        RawUpstream second = target("second", ", \"priority\": 1", good("second"));
        Exchange exchange =
                Exchanges.exchange("PUT", "/a", Body.streamed(new ByteArrayInputStream(new byte[1000]), -1));
        assertThat(ask(gateway("\"retry\": {}"), exchange)).isEqualTo("503 ");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aStreamThatNobodyHasReadYetIsSentToTheNextTarget() {
        deadTarget("dead", "");
        RawUpstream alive = target("alive", ", \"priority\": 1", good("alive"));
        Exchange exchange =
                Exchanges.exchange("POST", "/a", Body.streamed(new ByteArrayInputStream(new byte[1000]), -1));
        assertThat(ask(gateway("\"retry\": {}"), exchange)).isEqualTo("200 alive");
        assertThat(alive.requests().getFirst().body()).hasSize(1000);
    }

    @Test
    void whenAllAttemptsFailTheLastOneIsAnswered() {
        target("first", "", answering(503, "", "X-Which: first"));
        target("second", ", \"priority\": 1", answering(504, "", "X-Which: second"));
        target("third", ", \"priority\": 2", good("third"));
        Response response = gateway("\"retry\": {}").handle(Exchanges.get("/a"));
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.headers().first("x-which")).isEqualTo("second");
    }

    @Test
    void onceAllHaveBeenTriedTheFirstIsTriedAgain() {
        RawUpstream only = target("only", "", RESET, RESET, good("third time"));
        assertThat(get(gateway("\"retry\": {\"attempts\": 3, \"backoff\": \"0s\"}")))
                .isEqualTo("200 third time");
        assertThat(only.connections()).isEqualTo(3);
    }

    @Test
    void aTargetThatAsksForLongerThanThereIsTimeIsNotAskedAgain() {
        target("only", "", answering(503, "", "Retry-After: 60"), good("again"));
        Exchange exchange = Exchanges.get("/a");
        assertThat(ask(gateway("\"retry\": {}"), exchange)).isEqualTo("503 ");
        assertThat(outcomes(exchange)).containsExactly("only 503");
    }

    @Test
    void anAttemptHasItsOwnTime() {
        CountDownLatch never = new CountDownLatch(1);
        target("slow", "", peer -> {
            peer.request();
            never.await();
        });
        target("quick", ", \"priority\": 1", good("quick"));
        Exchange exchange = Exchanges.get("/a");
        assertThat(ask(gateway("\"retry\": {\"per_try\": \"50ms\"}"), exchange)).isEqualTo("200 quick");
        assertThat(outcomes(exchange)).containsExactly("slow upstream_timeout first_byte", "quick 200");
        never.countDown();
    }

    @Test
    void theTimeOfAnAttemptDoesNotEndTheBodyOfItsAnswer() throws IOException {
        CountDownLatch later = new CountDownLatch(1);
        target("drip", "", peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
            later.await();
            peer.send("b");
        });
        Gateway gateway = gateway("\"retry\": {\"per_try\": \"300ms\"}");
        AtomicLong nanos = new AtomicLong();
        Exchange exchange = Exchange.begin(
                Exchanges.get("/a").request(),
                "id-1",
                Exchanges.CLIENT,
                Deadline.after(Duration.ofSeconds(20), nanos::get));
        Response response = gateway.handle(exchange);
        nanos.addAndGet(Duration.ofMillis(400).toNanos());
        later.countDown();
        assertThat(response.body().bytes(10, Failure.RESPONSE_TOO_LARGE)).isEqualTo("ab".getBytes(UTF_8));
    }

    @Test
    void theBudgetEndsRepetitionsWhenTooManyAreNeeded() {
        target("first", "", answering(503, ""));
        RawUpstream second = target("second", ", \"priority\": 1", answering(503, ""));
        Gateway gateway = gateway("\"retry\": {\"backoff\": \"0s\"}");
        for (int i = 0; i < 40; i++) {
            get(gateway);
        }
        assertThat(second.requests()).hasSize(10);
    }

    @Test
    void aTargetThatFailsIsLeftOutAndTriedAgain() {
        RawUpstream first = target("first", "", answering(503, ""));
        target("second", ", \"priority\": 1", good("second"));
        Gateway gateway =
                gateway("\"retry\": {\"backoff\": \"0s\"}, \"breaker\": {\"failures\": 2, \"open_for\": \"15s\"}");
        for (int i = 0; i < 10; i++) {
            assertThat(get(gateway)).isEqualTo("200 second");
        }
        assertThat(first.requests()).hasSize(2);
        clock.advance(Duration.ofSeconds(15));
        assertThat(get(gateway)).isEqualTo("200 second");
        assertThat(get(gateway)).isEqualTo("200 second");
        assertThat(first.requests()).hasSize(3);
    }

    @Test
    void whenAllAreLeftOutTheAnswerSaysWhenToComeAgain() {
        target("first", "", answering(503, ""));
        Gateway gateway = gateway("\"breaker\": {\"failures\": 2, \"open_for\": \"15s\"}");
        get(gateway);
        get(gateway);
        clock.advance(Duration.ofMillis(4500));
        Exchange exchange = Exchanges.get("/a");
        Response response = gateway.handle(exchange);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().first("retry-after")).isEqualTo("11");
        assertThat(exchange.notes().code()).isEqualTo("no_target");
        assertThat(exchange.notes().attempts()).isEmpty();
    }

    @Test
    void aClientsOwnFaultIsNoTargets() {
        RawUpstream first = target("first", "", good("first"));
        Gateway gateway = gateway("\"breaker\": {\"failures\": 1}", "", ", \"limits\": {\"body\": \"64KB\"}");
        Body tooLarge = Body.streamed(new ByteArrayInputStream(new byte[100_000]), -1);
        assertThat(ask(gateway, Exchanges.exchange("POST", "/a", tooLarge))).isEqualTo("413 ");
        assertThat(get(gateway)).isEqualTo("200 first");
        assertThat(first.connections()).isEqualTo(2);
    }

    @Test
    void aSlowTargetIsRacedWithAnotherAndGivenUp() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        target("slow", "", peer -> {
            peer.request();
            peer.awaitClose();
            gone.countDown();
        });
        target("quick", ", \"priority\": 1", good("quick"));
        Exchange exchange = Exchanges.get("/a");
        assertThat(ask(gateway("\"hedge\": {\"after\": \"20ms\"}"), exchange)).isEqualTo("200 quick");
        gone.await();
        assertThat(exchange.notes().attempts()).extracting(Attempt::target).containsExactly("slow", "quick");
    }

    @Test
    void aQuickTargetIsNotRaced() {
        target("first", "", good("first"));
        RawUpstream second = target("second", ", \"priority\": 1", good("second"));
        assertThat(get(gateway("\"hedge\": {\"after\": \"10s\"}"))).isEqualTo("200 first");
        assertThat(second.connections()).isZero();
    }

    @Test
    void whereTheRivalFailsTheSlowOneIsWaitedFor() {
        CountDownLatch rivalFailed = new CountDownLatch(1);
        target("slow", "", peer -> {
            peer.request();
            rivalFailed.await();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        });
        target("rival", ", \"priority\": 1", peer -> {
            peer.request();
            peer.send("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
            rivalFailed.countDown();
        });
        assertThat(get(gateway("\"hedge\": {\"after\": \"20ms\"}"))).isEqualTo("200 slow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void onlySafeRequestsAreRaced(String method) {
        target("slow", "", peer -> {
            peer.request();
            peer.closesWithin(60);
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow");
        });
        RawUpstream second = target("second", ", \"priority\": 1", good("second"));
        assertThat(ask(gateway("\"hedge\": {\"after\": \"10ms\"}"), Exchanges.exchange(method, "/a", Body.absent())))
                .isEqualTo("200 slow");
        assertThat(second.connections()).isZero();
    }

    @Test
    void aMirrorGetsACopyAndTheClientNeverLearns() throws Exception {
        target("first", "", good("first"));
        CountDownLatch copied = new CountDownLatch(1);
        try (RawUpstream copy = RawUpstream.of(peer -> {
            peer.request();
            copied.countDown();
            peer.reset();
        })) {
            Gateway gateway = gateway(
                    "\"mirror\": {\"server\": \"m\"}",
                    ", {\"alias\": \"m\", \"url\": \"http://127.0.0.1:%d/copy\"}".formatted(copy.port()),
                    "");
            Exchange exchange = Exchanges.exchange("POST", "/a?b", Body.of(new byte[] {1, 2, 3}));
            assertThat(ask(gateway, exchange)).isEqualTo("200 first");
            copied.await();
            assertThat(copy.requests().getFirst().head()).startsWith("POST /copy/a?b HTTP/1.1");
            assertThat(copy.requests().getFirst().body()).containsExactly(1, 2, 3);
            exchange.aside().settle(Duration.ofSeconds(10));
            assertThat(exchange.notes().mirror().outcome()).isEqualTo("upstream_reset");
            assertThat(exchange.notes().attempts()).extracting(Attempt::target).containsExactly("first");
        }
    }

    @Test
    void aCopyThatTakesTooLongIsGivenUp() throws Exception {
        target("first", "", good("first"));
        CountDownLatch gone = new CountDownLatch(1);
        try (RawUpstream copy = RawUpstream.of(peer -> {
            peer.request();
            peer.awaitClose();
            gone.countDown();
        })) {
            Gateway gateway = gateway(
                    "\"mirror\": {\"server\": \"m\"}",
                    ", {\"alias\": \"m\", \"url\": \"http://127.0.0.1:%d\"}".formatted(copy.port()),
                    "");
            Exchange exchange = Exchanges.get("/a");
            assertThat(ask(gateway, exchange)).isEqualTo("200 first");
            exchange.aside().settle(Duration.ofMillis(50));
            gone.await();
            assertThat(exchange.notes().mirror().outcome()).isEqualTo("cancelled");
        }
    }

    @Test
    void onlyTargetsOfThePathsResidencyAreReached() {
        target("eu", ", \"jurisdiction\": \"eu\"", answering(503, ""));
        RawUpstream us = target("us", ", \"jurisdiction\": \"us\"", good("us"));
        RawUpstream nowhere = target("nowhere", "", good("nowhere"));
        Gateway gateway = gateway(
                "\"retry\": {\"attempts\": 5, \"backoff\": \"0s\"}, \"breaker\": {\"failures\": 2}",
                "",
                ", \"residency\": [\"eu\"]");
        TreeSet<String> answers = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            answers.add(get(gateway));
        }
        assertThat(answers).containsExactly("503 ");
        assertThat(us.connections() + nowhere.connections()).isZero();
    }

    @Test
    void aGatewayOutsideAnswersNothingForAPathWithResidency() {
        RawUpstream eu = target("eu", ", \"jurisdiction\": \"eu\"", good("eu"));
        for (String elsewhere : new String[] {"us-east-1", "eu-west-2", "moon-1", null}) {
            region = elsewhere;
            Exchange exchange = Exchanges.get("/a");
            assertThat(ask(gateway("", "", ", \"residency\": [\"eu\"]"), exchange))
                    .isEqualTo("503 ");
            assertThat(exchange.notes().code()).isEqualTo("residency");
        }
        assertThat(eu.connections()).isZero();
        region = "eu-north-1";
        assertThat(get(gateway("", "", ", \"residency\": [\"eu\"]"))).isEqualTo("200 eu");
    }
}
