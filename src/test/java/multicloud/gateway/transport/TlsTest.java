package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Certificates;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest extends TransportTesting {
    private static Certificates good;
    private static Certificates badName;
    private static Certificates expired;

    private final AtomicInteger factories = new AtomicInteger();

    @BeforeAll
    static void certificates() {
        good = Certificates.forNames("dns:orders.example.com,dns:localhost,ip:127.0.0.1");
        badName = Certificates.forNames("dns:other.example.com");
        expired = Certificates.expired("dns:orders.example.com,ip:127.0.0.1");
    }

    @BeforeEach
    void trustGood() {
        trusting(good.client());
    }

    private void trusting(SSLContext context) {
        transport.close();
        transport = new SocketTransport(
                ConnectionLimits.DEFAULT,
                () -> Instant.ofEpochMilli(wallMillis.get()),
                name -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                () -> {
                    factories.incrementAndGet();
                    return context.getSocketFactory();
                },
                null);
    }

    private RawUpstream secure(RawUpstream.Script... scripts) throws IOException {
        return closing(RawUpstream.secure(good.server(), scripts));
    }

    private Outcome ask(RawUpstream upstream, String host, String method, Body body) {
        Origin origin = new Origin(true, host, upstream.port(), AddressRule.PRIVATE);
        return transport.send(call(origin, request(method, "/", body), PATIENT));
    }

    private Outcome ask(RawUpstream upstream, String host) {
        return ask(upstream, host, "GET", Body.absent());
    }

    private void isRefused(Outcome outcome) {
        assertThat(failed(outcome, Stage.TLS, Failure.UPSTREAM_TLS).requestSent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.example.com", "orders.example.com.", "localhost", "127.0.0.1"})
    void aCertificateForTheHostIsAccepted(String host) throws Exception {
        RawUpstream upstream = secure(RawUpstream.answering(OK));
        assertThat(text(answered(ask(upstream, host)))).isEqualTo("ok");
        assertThat(text(answered(ask(upstream, host, "POST", Body.of(new byte[100_000])))))
                .isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(1);
        assertThat(factories).hasValue(1);
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        trusting(badName.client());
        RawUpstream upstream = closing(RawUpstream.secure(badName.server(), RawUpstream.answering(OK)));
        isRefused(ask(upstream, "orders.example.com"));
        isRefused(ask(upstream, "127.0.0.1"));
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        trusting(expired.client());
        isRefused(ask(closing(RawUpstream.secure(expired.server(), RawUpstream.answering(OK))), "orders.example.com"));
    }

    @Test
    void aCertificateNobodyTrustsIsRefused() throws Exception {
        trusting(badName.client());
        isRefused(ask(secure(RawUpstream.answering(OK)), "orders.example.com"));
    }

    @Test
    void aServerThatSpeaksNoTlsIsRefused() throws Exception {
        isRefused(ask(upstream(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n")), "localhost"));
        isRefused(ask(upstream(peer -> peer.read(1)), "localhost"));
        RawUpstream resetting = upstream(peer -> {
            peer.read(1);
            peer.reset();
        });
        isRefused(ask(resetting, "localhost"));
    }

    @Test
    void theNameIsIndicatedAndAnAddressIsNot() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        CompletableFuture<String> address = new CompletableFuture<>();
        RawUpstream.Script[] scripts = {
            peer -> {
                peer.request();
                name.complete(indicated(peer.socket()));
                peer.send(OK);
            },
            peer -> {
                peer.request();
                address.complete(indicated(peer.socket()));
                peer.send(OK);
            }
        };
        RawUpstream upstream = secure(scripts);
        answered(ask(upstream, "localhost"));
        answered(ask(upstream, "127.0.0.1"));
        assertThat(name.get(10, TimeUnit.SECONDS)).isEqualTo("localhost");
        assertThat(address.get(10, TimeUnit.SECONDS)).isEmpty();
        transport.closeIdle();
    }

    private static String indicated(Socket socket) {
        ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
        return session.getRequestedServerNames().isEmpty()
                ? ""
                : ((SNIHostName) session.getRequestedServerNames().getFirst()).getAsciiName();
    }

    @Test
    void aSecondConnectionReusesTheSession() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        trusting(counting(checks));
        RawUpstream upstream = secure(RawUpstream.answering(OK));
        answered(ask(upstream, "localhost"));
        transport.closeIdle();
        answered(ask(upstream, "localhost"));
        assertThat(upstream.connections()).isEqualTo(2);
        assertThat(checks).as("a resumed session shows no certificate").hasValue(1);
    }

    private static SSLContext counting(AtomicInteger checks) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new CountingTrust(checks)}, null);
        return context;
    }

    private static final class CountingTrust extends X509ExtendedTrustManager {
        private final AtomicInteger checks;

        CountingTrust(AtomicInteger checks) {
            this.checks = checks;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checks.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checks.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            checks.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void recordsOfTlsItselfDoNotEndAnIdleConnection() throws Exception {
        CompletableFuture<Void> updated = new CompletableFuture<>();
        RawUpstream upstream = secure(peer -> {
            peer.request();
            peer.send(OK);
            ((SSLSocket) peer.socket()).startHandshake();
            updated.complete(null);
            peer.request();
            peer.send(OK);
            peer.awaitClose();
        });
        answered(ask(upstream, "localhost"));
        updated.get(10, TimeUnit.SECONDS);
        assertThat(text(answered(ask(upstream, "localhost", "POST", body("x")))))
                .isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "cut", "reset", "bytes"})
    void whatHappenedToAnIdleConnectionIsNoticedBeforeAnythingIsWritten(String what) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        RawUpstream upstream = secure(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    switch (what) {
                        case "close" -> peer.close();
                        case "cut" -> peer.cut();
                        case "reset" -> peer.reset();
                        default -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    }
                    done.complete(null);
                    peer.awaitClose();
                },
                RawUpstream.answering(OK));
        assertThat(text(answered(ask(upstream, "localhost")))).isEqualTo("ok");
        done.get(10, TimeUnit.SECONDS);
        assertThat(text(answered(ask(upstream, "localhost", "POST", body("x")))))
                .isEqualTo("ok");
        assertThat(upstream.requests()).hasSize(2);
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void bytesBehindAnAnswerInTheSameRecordEndTheConnection() throws Exception {
        String twice = OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" + "x".repeat(12_000);
        RawUpstream upstream = secure(RawUpstream.answering(twice));
        assertThat(text(answered(ask(upstream, "localhost")))).isEqualTo("ok");
        assertThat(text(answered(ask(upstream, "localhost")))).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void aCallThatDiesOnAReusedConnectionIsRepeated() throws Exception {
        RawUpstream upstream = secure(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.request();
                },
                RawUpstream.answering(OK));
        answered(ask(upstream, "localhost"));
        assertThat(text(answered(ask(upstream, "localhost")))).isEqualTo("ok");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void aBodyUntilTheEndMustBeEndedByTls() throws Exception {
        String head = "HTTP/1.1 200 OK\r\n\r\n";
        assertThat(text(answered(ask(secure(RawUpstream.once(head + "whole")), "localhost"))))
                .isEqualTo("whole");
        CompletableFuture<Void> read = new CompletableFuture<>();
        RawUpstream cutting = secure(peer -> {
            peer.request();
            peer.send(head + "part");
            read.get(10, TimeUnit.SECONDS);
            peer.cut();
        });
        Response response = answered(ask(cutting, "localhost"));
        read.complete(null);
        BodyFailure failure = catchThrowableOfType(BodyFailure.class, () -> text(response));
        assertThat(failure.failure()).isEqualTo(Failure.UPSTREAM_RESET);
    }

    @Test
    void aRefusalWhileTheBodyIsBeingSentIsHeard() throws Exception {
        RawUpstream upstream = secure(peer -> {
            peer.head();
            peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch");
            peer.awaitClose();
        });
        Response response = answered(ask(upstream, "localhost", "POST", Body.of(new byte[20_000_000])));
        assertThat(response.status()).isEqualTo(413);
        assertThat(text(response)).isEqualTo("much");
    }

    @Test
    void aPeerThatNeverReadsEndsTheWrite() throws Exception {
        RawUpstream upstream = secure(peer -> {
            peer.head();
            new CompletableFuture<Void>().get(10, TimeUnit.SECONDS);
        });
        Origin origin = new Origin(true, "localhost", upstream.port(), AddressRule.PRIVATE);
        Call call = call(origin, request("POST", "/", Body.of(new byte[40_000_000])), withIdle(150));
        failed(transport.send(call), Stage.SEND, Failure.UPSTREAM_TIMEOUT);
    }

    @Test
    void theJdksOwnCertificatesTrustNoneOfThese() throws Exception {
        trusting(SSLContext.getDefault());
        isRefused(ask(secure(RawUpstream.answering(OK)), "localhost"));
    }
}
