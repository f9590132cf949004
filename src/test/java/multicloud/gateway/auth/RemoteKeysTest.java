package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.Issuer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that are fetched from a real issuer, by a wall clock that the test moves. */
@Timeout(60)
class RemoteKeysTest {
    private static final SigningKey K1 = SigningKey.of("k1", "ES256");
    private static final SigningKey K2 = SigningKey.of("k2", "ES256");
    private static final String CLAIMS = "{\"iss\":\"issuer\",\"aud\":\"shop\",\"sub\":\"u1\"}";

    private final AtomicLong seconds = new AtomicLong(1_800_000_000);
    private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());
    private final SocketTransport transport = SocketTransport.system(null);
    private final Issuers issuers = new Issuers(transport, clock);
    private Issuer issuer;

    @BeforeEach
    void open() throws IOException {
        issuer = new Issuer();
    }

    @AfterEach
    void close() throws IOException {
        issuer.close();
        transport.close();
    }

    private Authorizer authorizer(Issuers known, String keys) {
        String document = """
                {"authorizer": {"type": "jwt", "issuer": "issuer", "audience": "shop", "require_exp": false,
                                "algorithms": ["ES256", "RS256"], %s},
                 "paths": [{"method": "GET", "path": "/", "auth": true}]}""".formatted(keys);
        AuthorizerConfig config = switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config().authorizers().getFirst();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
        return Authorizers.of(config, known, clock);
    }

    private Authorizer authorizer() {
        return authorizer(issuers, "\"jwks_uri\": \"" + issuer.url("/keys") + "\"");
    }

    private static String ask(Authorizer authorizer, String token) {
        return switch (authorizer.authorize(
                Exchanges.exchange("GET", "/", Body.absent(), "authorization", "Bearer " + token))) {
            case Verdict.Accepted accepted -> "accepted";
            case Verdict.Refused(Failure failure, var challenge) -> failure.name();
        };
    }

    private void pass(Duration span) {
        seconds.addAndGet(span.toSeconds());
    }

    private void settle() {
        issuers.settle(Deadline.after(Duration.ofSeconds(20), Ticker.SYSTEM));
    }

    @Test
    void theKeysAreFetchedBeforeTheFirstRequestAndThenKept() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        settle();
        assertThat(issuer.asked("/keys")).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        }
        assertThat(issuer.asked("/keys")).isEqualTo(1);
        assertThat(issuer.server().requests().getFirst().line()).isEqualTo("GET /keys HTTP/1.1");
    }

    @Test
    void aRotationWithOverlapIsFollowedAtOnceAndToItsEnd() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        issuer.publishes(K1, K2);
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        assertThat(issuer.asked("/keys")).isEqualTo(2);
        issuer.publishes(K2);
        pass(Remembered.FRESH);
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
        settle();
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("KEY_NOT_FOUND");
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void aThousandUnknownKeysAskOnceInAWindow() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        for (int i = 0; i < 1_000; i++) {
            assertThat(ask(authorizer, K2.token(CLAIMS, "random-" + i))).isEqualTo("KEY_NOT_FOUND");
        }
        assertThat(issuer.asked("/keys")).isEqualTo(2);
        pass(Remembered.WINDOW.minusSeconds(1));
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("KEY_NOT_FOUND");
        assertThat(issuer.asked("/keys")).isEqualTo(2);
        issuer.publishes(K2);
        pass(Duration.ofSeconds(1));
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
        assertThat(issuer.asked("/keys")).isEqualTo(3);
    }

    @Test
    void allCallersShareOneFlight() throws InterruptedException {
        issuer.publishes(K1);
        issuer.hold();
        Authorizer authorizer = authorizer();
        int callers = 50;
        CountDownLatch begun = new CountDownLatch(callers);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                begun.countDown();
                answers.add(ask(authorizer, K1.token(CLAIMS)));
            }));
        }
        begun.await();
        issuer.letThrough();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(callers).containsOnly("accepted");
        assertThat(issuer.asked("/keys")).isEqualTo(1);
    }

    @Test
    void oldKeysAreRenewedBesideARequestThatDoesNotWait() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        settle();
        issuer.publishes(K1, K2);
        issuer.hold();
        pass(Remembered.FRESH);
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        issuer.letThrough();
        settle();
        assertThat(issuer.asked("/keys")).isEqualTo(2);
        issuer.fails();
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void afterAFreezeARequestWaitsForTheKeysOfToday() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        settle();
        issuer.publishes(K2);
        pass(Remembered.OLD);
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("KEY_NOT_FOUND");
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void duringAnOutageTheKeysServeUpToTheirAgeAndNoLonger() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        settle();
        issuer.fails();
        pass(Remembered.TOO_OLD.minusSeconds(1));
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
        assertThat(issuer.asked("/keys")).as("asked once in a window").isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("ISSUER_UNAVAILABLE");
        issuer.publishes(K1);
        pass(Remembered.RETRY);
        assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void aClockThatIsPutBackHasTheKeysFetchedAnew() {
        issuer.publishes(K1);
        Authorizer authorizer = authorizer();
        settle();
        issuer.publishes(K2);
        pass(Duration.ofDays(-1));
        assertThat(ask(authorizer, K2.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void withoutKeysNobodyComesInAndNobodyIsToldThatItsTokenIsBad() throws IOException {
        Authorizer authorizer = authorizer();
        issuer.close();
        settle();
        Verdict verdict = authorizer.authorize(
                Exchanges.exchange("GET", "/", Body.absent(), "authorization", "Bearer " + K1.token(CLAIMS)));
        assertThat(verdict).isEqualTo(new Verdict.Refused(Failure.ISSUER_UNAVAILABLE, null));
    }

    @Test
    void whatIsNoSetOfKeysIsNone() {
        List<String> answers = List.of(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
                Issuer.ok("{\"keys\":[]}"),
                Issuer.ok("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"c2VjcmV0\"}]}"),
                Issuer.ok("[]"),
                Issuer.ok("{\"keys\":[" + K1.jwk() + "],\"keys\":[]}"),
                Issuer.ok("{\"pad\":\"" + "x".repeat(10 << 20) + "\",\"keys\":[" + K1.jwk() + "]}"),
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"pad\":\"" + "x".repeat(10 << 20) + "\"}");
        for (String answer : answers) {
            issuer.answers("/keys", answer);
            assertThat(ask(
                            authorizer(new Issuers(transport, clock), "\"jwks_uri\": \"" + issuer.url("/keys") + "\""),
                            K1.token(CLAIMS)))
                    .as(answer.substring(0, Math.min(120, answer.length())))
                    .isEqualTo("KEYS_MALFORMED");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (Issuer other = new Issuer().publishes(K1)) {
            issuer.answers(
                    "/keys", "HTTP/1.1 302 Found\r\nLocation: " + other.url("/keys") + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(ask(authorizer(), K1.token(CLAIMS))).isEqualTo("ISSUER_UNAVAILABLE");
            assertThat(other.server().connections()).isZero();
        }
    }

    @Test
    void aSlowDripIsCutOff() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        Timeouts hasty = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
        try (RawUpstream drip = RawUpstream.of(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (over.getCount() > 0) {
                peer.send(" ");
                over.await(20, TimeUnit.MILLISECONDS);
            }
        })) {
            Authorizer authorizer = authorizer(
                    new Issuers(transport, clock, hasty),
                    "\"jwks_uri\": \"http://127.0.0.1:" + drip.port() + "/keys\"");
            assertThat(ask(authorizer, K1.token(CLAIMS))).isEqualTo("ISSUER_UNAVAILABLE");
            over.countDown();
        }
    }

    @Test
    void aChangedDocumentLosesNoKeys() {
        issuer.publishes(K1);
        Authorizer before = authorizer();
        settle();
        issuer.fails();
        Authorizer after = authorizer();
        assertThat(ask(after, K1.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(before, K1.token(CLAIMS))).isEqualTo("accepted");
        assertThat(issuer.asked("/keys")).isEqualTo(1);
    }

    private Authorizer discovering() {
        return authorizer(issuers, "\"discovery\": \"" + issuer.url("/config") + "\"");
    }

    @Test
    void anIssuersConfigurationSaysWhereItsKeysAre() {
        issuer.publishes(K1).says("/config", "{\"issuer\":\"issuer\",\"jwks_uri\":\"" + issuer.url("/keys") + "\"}");
        assertThat(ask(discovering(), K1.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void aConfigurationOfSomebodyElseIsNotBelieved() {
        issuer.publishes(K1).says("/config", "{\"issuer\":\"issuer2\",\"jwks_uri\":\"" + issuer.url("/keys") + "\"}");
        assertThat(ask(discovering(), K1.token(CLAIMS))).isEqualTo("KEYS_MALFORMED");
        assertThat(issuer.asked("/keys")).isZero();
    }

    @Test
    void aConfigurationLeadsToNoOtherPrivateAddress() throws IOException {
        String port = ":" + issuer.port() + "/keys";
        for (String url : List.of("http://127.0.0.2" + port, "http://localhost" + port, "https://169.254.169.254/")) {
            issuer.publishes(K1).says("/config", "{\"issuer\":\"issuer\",\"jwks_uri\":\"" + url + "\"}");
            Authorizer authorizer =
                    authorizer(new Issuers(transport, clock), "\"discovery\": \"" + issuer.url("/config") + "\"");
            assertThat(ask(authorizer, K1.token(CLAIMS))).as(url).isIn("ISSUER_UNAVAILABLE", "KEYS_MALFORMED");
        }
        assertThat(issuer.asked("/keys")).isZero();
    }
}
