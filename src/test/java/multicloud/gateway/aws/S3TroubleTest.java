package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.TooLarge;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.S3Server;
import multicloud.gateway.transport.ConnectionLimits;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against servers that answer what S3 answers on a bad day, or worse. */
@Timeout(60)
class S3TroubleTest {
    private static final S3Location AT = new S3Location("bucket", "gateway.json");
    private static final int LIMIT = 1000;
    private static final String GOOD =
            "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nx-amz-version-id: v1\r\nContent-Length: 2\r\n\r\n{}";

    private final Transport transport = SocketTransport.system(null);

    @AfterEach
    void close() {
        transport.close();
    }

    private S3Objects s3(RawUpstream upstream) {
        return Calls.s3(transport, S3Server.environment(upstream.port()));
    }

    private S3Result.Get get(String answer) throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.once(answer))) {
            return s3(upstream).get(AT, null, LIMIT);
        }
    }

    private static String error(String status, String xml, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 " + status + "\r\n" + more + "Content-Type: application/xml\r\nContent-Length: " + xml.length()
                + "\r\n\r\n" + xml;
    }

    @Test
    void anErrorOfTheServiceIsSaidWithItsCode() throws IOException {
        String xml =
                "<?xml version=\"1.0\"?>\n<Error><Code>SlowDown</Code><Message>Reduce &lt;your&gt; rate &amp; wait.</Message>"
                        + "<RequestId>R1</RequestId></Error>";
        assertThat(get(error("503 Slow Down", xml)))
                .isEqualTo(new Failed("S3 answered 503 SlowDown: Reduce <your> rate & wait."));
    }

    @Test
    void anErrorThatIsNoXmlIsSaidWithItsStatus() throws IOException {
        assertThat(get(error("500 Oops", "<html>oops</html>"))).isEqualTo(new Failed("S3 answered 500"));
        assertThat(get(error("500 Oops", "<Error><Code>Never closed"))).isEqualTo(new Failed("S3 answered 500"));
        assertThat(get(error("403 Forbidden", ""))).isEqualTo(new Forbidden("S3 answered 403"));
    }

    @Test
    void aBodyThatBreaksOffIsNoObject() throws IOException {
        assertThat(get("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 500\r\n\r\n{\"paths\""))
                .isInstanceOf(Failed.class);
        assertThat(get("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"pat\r\n"))
                .isInstanceOf(Failed.class);
    }

    @Test
    void anAnnouncedLengthOverTheLimitIsNotWaitedFor() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nETag: \"9\"\r\nContent-Length: 1001\r\n\r\n");
            assertThat(peer.awaitClose()).isTrue();
        })) {
            assertThat(s3(upstream).get(AT, null, LIMIT))
                    .isEqualTo(new TooLarge(LIMIT, new S3Location.Version("\"9\"", null)));
        }
    }

    @Test
    void aBodyWithoutLengthIsReadToTheLimitAndNoFurther() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.send("3e9\r\n" + "x".repeat(1001) + "\r\n");
            assertThat(peer.awaitClose()).isTrue();
        })) {
            assertThat(s3(upstream).get(AT, null, LIMIT)).isInstanceOf(TooLarge.class);
        }
    }

    @Test
    void silenceEndsWithTheTimeout() throws IOException {
        Timeouts short_ = new Timeouts(
                Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.awaitClose();
        })) {
            S3Objects s3 = Calls.s3(
                    new TransportHttpClient(transport, short_, Ticker.SYSTEM), S3Server.environment(upstream.port()));
            assertThat(s3.get(AT, null, LIMIT))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("(first_byte: "));
        }
    }

    @Test
    void nobodyThereIsAReason() throws IOException {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            S3Objects s3 = Calls.s3(transport, S3Server.environment(bound.getLocalPort()));
            assertThat(s3.get(AT, null, LIMIT))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("(connect: "));
        }
    }

    @Test
    void aBucketInAnotherRegionIsAskedThereAndFromThenOn() throws IOException {
        String moved = error(
                "301 Moved Permanently",
                "<Error><Code>PermanentRedirect</Code></Error>",
                "x-amz-bucket-region: ap-south-1");
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send(moved);
            peer.request();
            peer.send(GOOD);
            peer.request();
            peer.send(GOOD);
        })) {
            S3Objects s3 = s3(upstream);
            Found expected = (Found) s3.get(AT, null, LIMIT);
            assertThat(expected.version()).isEqualTo(new S3Location.Version("\"1\"", "v1"));
            assertThat(s3.get(AT, null, LIMIT)).isInstanceOf(Found.class);
            assertThat(upstream.requests())
                    .extracting(request -> region(request.head()))
                    .containsExactly("eu-west-1", "ap-south-1", "ap-south-1");
        }
    }

    @Test
    void theRegionMayStandInTheErrorAlone() throws IOException {
        String wrong = error(
                "400 Bad Request",
                "<Error><Code>AuthorizationHeaderMalformed</Code><Region>sa-east-1</Region></Error>");
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send(wrong);
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(s3(upstream).put(AT, new byte[] {7}, new Condition.Always()))
                    .isInstanceOf(S3Result.Stored.class);
            assertThat(upstream.requests())
                    .extracting(request -> region(request.head()))
                    .containsExactly("eu-west-1", "sa-east-1");
            assertThat(upstream.requests().get(1).body()).containsExactly(7);
        }
    }

    @Test
    void twoRegionsThatPointAtEachOtherAreAskedOnceEach() throws IOException {
        String there = error("307 Temporary", "", "x-amz-bucket-region: ap-south-1");
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(there))) {
            assertThat(s3(upstream).get(AT, null, LIMIT)).isEqualTo(new Failed("S3 answered 307"));
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void aRegionThatIsNoneIsNotFollowed() throws IOException {
        assertThat(get(error("301 Moved", "", "x-amz-bucket-region: evil.example/")))
                .isEqualTo(new Failed("S3 answered 301"));
    }

    @Test
    void anotherConditionalWriterInTheSameMomentIsALostRace() throws IOException {
        String conflict = error("409 Conflict", "<Error><Code>ConditionalRequestConflict</Code></Error>");
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.once(conflict))) {
            assertThat(s3(upstream).put(AT, new byte[1], new Condition.Absent()))
                    .isEqualTo(new PreconditionFailed());
        }
    }

    @Test
    void withoutCredentialsTheReasonSaysWhatToSet() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(GOOD))) {
            Map<String, String> none = new HashMap<>(S3Server.environment(upstream.port()));
            none.remove("AWS_ACCESS_KEY_ID");
            assertThat(Calls.s3(transport, none).get(AT, null, LIMIT))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("set AWS_ACCESS_KEY_ID"));
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void aSessionTokenIsSentAndSigned() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(GOOD))) {
            Map<String, String> session = new HashMap<>(S3Server.environment(upstream.port()));
            session.put("AWS_SESSION_TOKEN", "the-token");
            assertThat(Calls.s3(transport, session).get(AT, null, LIMIT)).isInstanceOf(Found.class);
            assertThat(upstream.requests().getFirst().head())
                    .contains("X-Amz-Security-Token: the-token\r\n")
                    .containsPattern("SignedHeaders=[a-z0-9;-]*x-amz-security-token");
        }
    }

    @Test
    void theBodyGoesOutAsItIs() throws IOException {
        try (RawUpstream upstream =
                RawUpstream.of(RawUpstream.answering("HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 0\r\n\r\n"))) {
            byte[] bytes = "{\"a\":\"é\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            s3(upstream).put(AT, bytes, new Condition.Matches("\"1\""));
            assertThat(upstream.requests()).singleElement().satisfies(request -> {
                assertThat(request.line()).isEqualTo("PUT /bucket/gateway.json HTTP/1.1");
                assertThat(request.text().getBytes(ISO_8859_1)).isEqualTo(bytes);
                assertThat(request.head())
                        .contains("If-Match: \"1\"\r\n")
                        .contains("Content-Type: application/json\r\n");
            });
        }
    }

    @Test
    void aBucketStandsInTheHostsNameWhereItCan() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(GOOD));
                Transport named = new SocketTransport(
                        ConnectionLimits.DEFAULT,
                        InstantSource.system(),
                        name -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                        () -> {
                            throw new AssertionError("no TLS is used here");
                        },
                        null)) {
            Map<String, String> variables = new HashMap<>(S3Server.environment(upstream.port()));
            String host = "s3.example.test:" + upstream.port();
            variables.put("AWS_ENDPOINT_URL_S3", "http://" + host + "/base");
            S3Objects s3 = Calls.s3(named, variables);
            s3.get(new S3Location("bucket-1", "a/b"), null, LIMIT);
            s3.get(new S3Location("dotted.bucket", "a/b"), null, LIMIT);
            s3.get(new S3Location("Old_Bucket", "a/b"), null, LIMIT);
            assertThat(upstream.requests())
                    .extracting(request ->
                            request.line() + " " + request.head().replaceAll("(?s).*\r\nHost: (\\S+)\r\n.*", "$1"))
                    .containsExactly(
                            "GET /base/a/b HTTP/1.1 bucket-1." + host,
                            "GET /base/dotted.bucket/a/b HTTP/1.1 " + host,
                            "GET /base/Old_Bucket/a/b HTTP/1.1 " + host);
        }
    }

    private static String region(String head) {
        return head.replaceAll("(?s).*Credential=[^/]+/\\d+/([^/]+)/s3/.*", "$1");
    }
}
