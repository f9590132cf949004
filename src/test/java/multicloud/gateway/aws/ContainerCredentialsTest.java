package multicloud.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

@Timeout(60)
class ContainerCredentialsTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final Transport transport = SocketTransport.system(null);
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @AfterEach
    void close() {
        transport.close();
    }

    private AwsCredentials credentials(Map<String, String> variables) {
        return AwsCredentials.of(new AwsEnvironment(variables), Calls.http(transport), now::get);
    }

    private AwsCredentials agent(RawUpstream upstream, String... more) {
        Map<String, String> variables = new HashMap<>();
        variables.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + upstream.port() + "/v1/credentials?a=1");
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return credentials(variables);
    }

    private static String keys(String id, Instant end) {
        return answer(
                "200 OK",
                "{\"Type\":{\"x\":[1]},\"AccessKeyId\":\"" + id + "\",\"SecretAccessKey\":\"s\","
                        + "\"Token\":\"t\",\"Expiration\":\"" + end + "\"}");
    }

    private static String answer(String status, String json) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }

    @Test
    void theAgentIsAskedOnceWithTheToken() throws IOException {
        try (RawUpstream upstream =
                RawUpstream.of(RawUpstream.answering(keys("id", START.plus(Duration.ofHours(6)))))) {
            AwsCredentials credentials = agent(upstream, "AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me in");
            AwsSessionCredentialsIdentity identity = (AwsSessionCredentialsIdentity) credentials.resolve();
            assertThat(identity.accessKeyId()).isEqualTo("id");
            assertThat(identity.secretAccessKey()).isEqualTo("s");
            assertThat(identity.sessionToken()).isEqualTo("t");
            now.set(START.plus(Duration.ofHours(5)));
            assertThat(credentials.resolve()).isSameAs(identity);
            assertThat(upstream.requests()).singleElement().satisfies(request -> {
                assertThat(request.line()).isEqualTo("GET /v1/credentials?a=1 HTTP/1.1");
                assertThat(request.head()).contains("Authorization: let me in\r\n");
            });
        }
    }

    @Test
    void theyAreRenewedShortlyBeforeTheyExpire() throws IOException {
        Instant end = START.plus(Duration.ofHours(1));
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send(keys("first", end));
            peer.request();
            peer.send(keys("second", end.plus(Duration.ofHours(1))));
        })) {
            AwsCredentials credentials = agent(upstream);
            assertThat(credentials.resolve().accessKeyId()).isEqualTo("first");
            now.set(end.minus(Duration.ofMinutes(6)));
            assertThat(credentials.resolve().accessKeyId()).isEqualTo("first");
            now.set(end.minus(Duration.ofMinutes(5)));
            assertThat(credentials.resolve().accessKeyId()).isEqualTo("second");
        }
    }

    @Test
    void whileTheAgentFailsTheyLastUntilTheyExpire() throws IOException {
        Instant end = START.plus(Duration.ofHours(1));
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send(keys("first", end));
            while (peer.request() != null) {
                peer.send(answer("500 Oops", "{}"));
            }
        })) {
            AwsCredentials credentials = agent(upstream);
            credentials.resolve();
            now.set(end.minusSeconds(1));
            assertThat(credentials.resolve().accessKeyId()).isEqualTo("first");
            now.set(end);
            assertThatThrownBy(credentials::resolve)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the credentials endpoint answered 500");
        }
    }

    @Test
    void forgottenOnesAreFetchedAgain() throws IOException {
        try (RawUpstream upstream =
                RawUpstream.of(RawUpstream.answering(keys("id", START.plus(Duration.ofHours(6)))))) {
            AwsCredentials credentials = agent(upstream);
            credentials.resolve();
            credentials.forget();
            credentials.resolve();
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void manyWaitForOneFetch() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            answer.await();
            peer.send(keys("id", START.plus(Duration.ofHours(6))));
        })) {
            AwsCredentials credentials = agent(upstream);
            Thread[] threads = new Thread[8];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.startVirtualThread(() -> {
                    try {
                        credentials.resolve();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            answer.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void theTokenFileIsReadEachTime(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "one\n");
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(keys("id", START)))) {
            AwsCredentials credentials = agent(
                    upstream,
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                    file.toString(),
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                    "not this one");
            credentials.resolve();
            Files.writeString(file, "two");
            credentials.resolve();
            assertThat(upstream.requests().get(0).head()).contains("Authorization: one\r\n");
            assertThat(upstream.requests().get(1).head()).contains("Authorization: two\r\n");
        }
    }

    @Test
    void aTokenWithALineBreakIsNotSent() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(keys("id", START)))) {
            AwsCredentials credentials = agent(upstream, "AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\r\nevil: b");
            assertThatThrownBy(credentials::resolve).hasMessageContaining("control character");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"AccessKeyId\":\"a\"}",
                "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":",
                "",
                "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"b\",\"Expiration\":\"tomorrow\"}"
            })
    void aMalformedAnswerIsSaidWithoutItsContent(String json) throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(answer("200 OK", json)))) {
            assertThatThrownBy(agent(upstream)::resolve)
                    .isInstanceOf(IOException.class)
                    .hasMessage("no AWS credentials of the container: the credentials endpoint's answer is malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "http://169.254.169.254/latest",
                "ftp://127.0.0.1/",
                "http:///x",
                "::",
                "http://127.0.0.1.example.com/"
            })
    void theTokenGoesInTheClearToTheMachineItselfAlone(String uri) {
        assertThatThrownBy(credentials(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri))::resolve)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }

    @Test
    void keysInTheEnvironmentWin() throws IOException {
        assertThat(credentials(Map.of(
                                "AWS_ACCESS_KEY_ID", "id",
                                "AWS_SECRET_ACCESS_KEY", "secret",
                                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/"))
                        .resolve()
                        .accessKeyId())
                .isEqualTo("id");
    }
}
