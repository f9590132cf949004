package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The document in S3: against a server that verifies signatures, and against one that has bad days. */
@Timeout(60)
class S3RefreshTest {
    private static final String NO_CONFIG = "503 {\"message\":\"API configuration is missing or invalid.\"}";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private static Live live(Map<String, String> aws, String... more) {
        Map<String, String> environment = new HashMap<>(aws);
        environment.put("GATEWAY_CONFIG_URI", "s3://" + S3Server.BUCKET + "/stage one/gateway+v1.json");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Live.of(environment);
    }

    private static void put(S3Server server, String content) {
        server.put("stage one/gateway+v1.json", content);
    }

    @Test
    void anEmptyBucketIs503UntilThereIsADocument() throws Exception {
        try (S3Server server = S3Server.start();
                Live live = live(server.environment())) {
            assertThat(live.get("/v")).isEqualTo(NO_CONFIG);
            assertThat(live.log.last().get("problems").get(0).asText()).startsWith("there is no such object");
            put(server, Live.document("first"));
            live.pass(SECOND);
            assertThat(live.get("/v")).isEqualTo("200 \"first\"");
            assertThat(live.log.events()).containsExactly("unreachable", "loaded");
            assertThat(live.log.last().get("etag").asText()).startsWith("\"");
        }
    }

    @Test
    void aChangedObjectIsServedOneRequestLater() throws Exception {
        try (S3Server server = S3Server.start()) {
            put(server, Live.document("one"));
            try (Live live = live(server.environment())) {
                put(server, Live.document("two"));
                assertThat(live.getAndSettle("/v")).isEqualTo("200 \"one\"");
                live.pass(REFRESH);
                assertThat(live.getAndSettle("/v")).isEqualTo("200 \"one\"");
                assertThat(live.get("/v")).isEqualTo("200 \"two\"");
            }
        }
    }

    @Test
    void withoutRefreshAChangedObjectIsServedAtOnce() throws Exception {
        try (S3Server server = S3Server.start()) {
            put(server, Live.document("one"));
            try (Live live = live(server.environment(), "GATEWAY_CONFIG_REFRESH", "0")) {
                for (int i = 0; i < 5; i++) {
                    put(server, Live.document("v" + i));
                    assertThat(live.get("/v")).isEqualTo("200 \"v" + i + "\"");
                }
            }
        }
    }

    @Test
    void anObjectTakenAwayLeavesTheLastGoodDocument() throws Exception {
        try (S3Server server = S3Server.start()) {
            put(server, Live.document("good"));
            try (Live live = live(server.environment())) {
                server.remove("stage one/gateway+v1.json");
                for (int i = 0; i < 4; i++) {
                    live.pass(Duration.ofHours(1));
                    assertThat(live.get("/v")).isEqualTo("200 \"good\"");
                }
                assertThat(live.log.events()).containsExactly("loaded", "unreachable");
            }
        }
    }

    @Test
    void aWrongSecretIsSaidWithWhatToAllow() throws Exception {
        try (S3Server server = S3Server.start()) {
            put(server, Live.document("x"));
            try (Live live = live(server.environment(), "AWS_SECRET_ACCESS_KEY", "wrong")) {
                assertThat(live.gateway.status())
                        .isInstanceOfSatisfying(
                                Status.Unreachable.class,
                                status -> assertThat(status.reason())
                                        .contains("s3:GetObject")
                                        .contains("SignatureDoesNotMatch"));
            }
        }
    }

    /** What a server does with a request at the moment. */
    @FunctionalInterface
    private interface Mood {
        void answer(Peer peer, Peer.Received request) throws Exception;
    }

    private static RawUpstream moody(AtomicReference<Mood> mood) throws Exception {
        return RawUpstream.of(peer -> {
            for (Peer.Received request = peer.request(); request != null; request = peer.request()) {
                mood.get().answer(peer, request);
            }
        });
    }

    private static String response(String etag, String content) {
        return "HTTP/1.1 200 OK\r\nETag: " + etag + "\r\nContent-Length: " + content.length() + "\r\n\r\n" + content;
    }

    /** Answers as S3 does with that object there. */
    private static Mood serving(String etag, String content) {
        return (peer, request) -> {
            boolean known = request.head().contains("If-None-Match: " + etag + "\r\n");
            peer.send(known ? "HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\n\r\n" : response(etag, content));
        };
    }

    private static Mood sending(String answer) {
        return (peer, request) -> {
            peer.send(answer);
            peer.close();
        };
    }

    @Test
    void noOutageReplacesTheLastGoodDocumentAndEachIsSaidOnce() throws Exception {
        AtomicReference<Mood> mood = new AtomicReference<>(serving("\"1\"", Live.document("good")));
        List<Mood> outages = List.of(
                sending("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
                sending("HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 100\r\n\r\n{\"paths\":["),
                sending("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
                sending("garbage\r\n\r\n"),
                (peer, request) -> peer.reset());
        try (RawUpstream upstream = moody(mood);
                Live live = live(S3Server.environment(upstream.port()))) {
            List<String> expected = new ArrayList<>(List.of("loaded"));
            for (Mood outage : outages) {
                mood.set(outage);
                for (int i = 0; i < 3; i++) {
                    live.pass(REFRESH);
                    assertThat(live.getAndSettle("/v")).isEqualTo("200 \"good\"");
                }
                expected.add("unreachable");
                assertThat(live.log.events()).isEqualTo(expected);
            }
            mood.set(serving("\"1\"", "never sent again"));
            live.pass(REFRESH);
            live.getAndSettle("/v");
            expected.add("loaded");
            assertThat(live.log.events())
                    .as("the source is back, with the same document")
                    .isEqualTo(expected);
            assertThat(live.log.last().get("etag").asText()).isEqualTo("\"1\"");
        }
    }

    @Test
    void aRefusedObjectIsNotFetchedAgain() throws Exception {
        AtomicReference<Mood> mood = new AtomicReference<>(serving("\"1\"", Live.document("good")));
        try (RawUpstream upstream = moody(mood);
                Live live = live(S3Server.environment(upstream.port()))) {
            mood.set(serving("\"2\"", "{\"paths\":7}"));
            for (int i = 0; i < 3; i++) {
                live.pass(REFRESH);
                assertThat(live.getAndSettle("/v")).isEqualTo("200 \"good\"");
            }
            assertThat(upstream.requests())
                    .extracting(request -> request.head().replaceAll("(?s).*If-None-Match: (\\S+).*|.*", "$1"))
                    .containsExactly("", "\"1\"", "\"2\"", "\"2\"");
            assertThat(live.log.events()).containsExactly("loaded", "refused");
            mood.set(serving("\"1\"", Live.document("good")));
            live.pass(REFRESH);
            live.getAndSettle("/v");
            assertThat(live.gateway.status()).isInstanceOf(Status.Loaded.class);
            assertThat(live.log.events()).containsExactly("loaded", "refused", "loaded");
        }
    }

    @Test
    void anObjectTooLargeIsNeitherReadNorFetchedAgain() throws Exception {
        AtomicReference<Mood> mood = new AtomicReference<>(
                sending("HTTP/1.1 200 OK\r\nETag: \"big\"\r\nContent-Length: " + ((5 << 20) + 1) + "\r\n\r\n{"));
        try (RawUpstream upstream = moody(mood);
                Live live = live(S3Server.environment(upstream.port()))) {
            assertThat(live.gateway.status()).isInstanceOf(Status.Refused.class);
            mood.set(serving("\"big\"", "never sent"));
            live.pass(SECOND);
            assertThat(live.get("/v")).isEqualTo(NO_CONFIG);
            assertThat(live.log.events()).containsExactly("refused");
            mood.set(serving("\"small\"", Live.document("small")));
            live.pass(SECOND);
            assertThat(live.get("/v")).isEqualTo("200 \"small\"");
        }
    }

    @Test
    void aSlowSourceHoldsARequestForTwoSecondsAndNoFurtherOne() throws Exception {
        AtomicReference<Mood> mood = new AtomicReference<>(serving("\"1\"", Live.document("good")));
        CountDownLatch release = new CountDownLatch(1);
        try (RawUpstream upstream = moody(mood);
                Live live = live(S3Server.environment(upstream.port()))) {
            mood.set((peer, request) -> {
                release.await(30, TimeUnit.SECONDS);
                peer.send(response("\"2\"", Live.document("slow")));
            });
            live.pass(Duration.ofHours(1));
            long began = System.nanoTime();
            assertThat(live.get("/v")).isEqualTo("200 \"good\"");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_500));
            live.pass(Duration.ofSeconds(2));
            assertThat(live.get("/v")).isEqualTo("200 \"good\"");
            assertThat(upstream.requests()).as("one look at a time").hasSize(2);
            assertThat(live.log.events()).containsExactly("loaded", "unreachable");
            release.countDown();
            live.gateway.settle(Duration.ofSeconds(20));
            assertThat(live.get("/v")).isEqualTo("200 \"slow\"");
        }
    }

    @Test
    void credentialsOfTheContainerAreFetchedAgainAfterARestore() throws Exception {
        String keys = "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Expiration\":\"2999-01-01T00:00:00Z\"}";
        try (RawUpstream agent = RawUpstream.of(RawUpstream.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + keys.length() + "\r\n\r\n" + keys));
                RawUpstream s3 = moody(new AtomicReference<>(serving("\"1\"", Live.document("good"))))) {
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + s3.port(),
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + agent.port() + "/");
            try (Live live = live(environment)) {
                live.pass(REFRESH);
                live.getAndSettle("/v");
                assertThat(agent.requests()).hasSize(1);
                live.gateway.beforeSnapshot();
                live.gateway.afterRestore();
                assertThat(live.get("/v")).isEqualTo("200 \"good\"");
                assertThat(agent.requests()).hasSize(2);
                assertThat(s3.connections())
                        .as("connections do not outlive a snapshot")
                        .isEqualTo(2);
            }
        }
    }
}
