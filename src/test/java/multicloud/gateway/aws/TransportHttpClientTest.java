package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

@Timeout(60)
class TransportHttpClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nX-Two: a\r\nX-Two: b\r\nContent-Length: 2\r\n\r\nok";

    private final Transport transport = SocketTransport.system(null);
    private final TransportHttpClient client = Calls.http(transport);

    @AfterEach
    void close() {
        transport.close();
    }

    private static SdkHttpRequest.Builder request(RawUpstream upstream, SdkHttpMethod method) {
        return SdkHttpRequest.builder()
                .method(method)
                .protocol("http")
                .host("127.0.0.1")
                .port(upstream.port())
                .encodedPath("/");
    }

    private ExecutableHttpRequest prepare(SdkHttpRequest.Builder request) {
        return client.prepareRequest(
                HttpExecuteRequest.builder().request(request.build()).build());
    }

    private ExecutableHttpRequest prepare(SdkHttpRequest.Builder request, ContentStreamProvider content) {
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.build())
                .contentStreamProvider(content)
                .build());
    }

    @Test
    void pathQueryAndFieldsGoOutAsTheRequestHasThem() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(OK))) {
            HttpExecuteResponse response = prepare(request(upstream, SdkHttpMethod.GET)
                            .encodedPath("/a//b/../%7e/%2F+c")
                            .appendRawQueryParameter("versionId", "a+b/c d")
                            .appendRawQueryParameter("flag", null)
                            .putHeader("X-Mine", "1")
                            .putHeader("Host", "signed.example"))
                    .call();
            assertThat(response.httpResponse().statusCode()).isEqualTo(200);
            assertThat(response.httpResponse().matchingHeaders("x-two")).containsExactly("a", "b");
            assertThat(upstream.requests()).singleElement().satisfies(received -> {
                assertThat(received.line()).isEqualTo("GET /a//b/../%7e/%2F+c?versionId=a%2Bb%2Fc%20d&flag HTTP/1.1");
                assertThat(received.head()).contains("X-Mine: 1\r\n").containsOnlyOnce("Host: signed.example\r\n");
            });
        }
    }

    @Test
    void theBodyIsStreamed() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(OK));
                InputStream body = prepare(request(upstream, SdkHttpMethod.GET))
                        .call()
                        .responseBody()
                        .orElseThrow()) {
            assertThat(body.readAllBytes()).isEqualTo("ok".getBytes(UTF_8));
        }
    }

    @Test
    void anAnswerWithoutBodyHasNone() throws IOException {
        try (RawUpstream upstream =
                RawUpstream.of(RawUpstream.answering("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"))) {
            assertThat(prepare(request(upstream, SdkHttpMethod.GET)).call().responseBody())
                    .isEmpty();
        }
    }

    @Test
    void abortingGivesTheConnectionUp() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart");
            assertThat(peer.awaitClose()).isTrue();
        })) {
            ExecutableHttpRequest request = prepare(request(upstream, SdkHttpMethod.GET));
            AbortableInputStream body = request.call().responseBody().orElseThrow();
            body.abort();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatWasAbortedBeforeItsAnswerFails() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(OK))) {
            ExecutableHttpRequest request = prepare(request(upstream, SdkHttpMethod.GET));
            request.abort();
            assertThatThrownBy(request::call).isInstanceOf(IOException.class).hasMessage("the request was aborted");
        }
    }

    @Test
    void contentOfKnownLengthSurvivesADeadConnection() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(
                peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.request();
                    peer.reset();
                },
                RawUpstream.answering(OK))) {
            for (int i = 0; i < 2; i++) {
                HttpExecuteResponse response = prepare(
                                request(upstream, SdkHttpMethod.PUT).putHeader("Content-Length", "4"),
                                ContentStreamProvider.fromUtf8String("body"))
                        .call();
                response.responseBody().orElseThrow().readAllBytes();
            }
            assertThat(upstream.requests())
                    .extracting(received -> received.text())
                    .containsExactly("body", "body", "body");
        }
    }

    @Test
    void contentOfUnknownLengthIsSentAsItComes() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(OK))) {
            prepare(
                            request(upstream, SdkHttpMethod.PUT),
                            ContentStreamProvider.fromInputStreamSupplier(
                                    () -> new ByteArrayInputStream("streamed".getBytes(UTF_8))))
                    .call();
            assertThat(upstream.requests()).singleElement().satisfies(received -> {
                assertThat(received.text()).isEqualTo("streamed");
                assertThat(received.head()).contains("Transfer-Encoding: chunked\r\n");
            });
        }
    }

    @Test
    void contentShorterThanAnnouncedIsNotSent() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.answering(OK))) {
            ExecutableHttpRequest request = prepare(
                    request(upstream, SdkHttpMethod.PUT).putHeader("Content-Length", "9"),
                    ContentStreamProvider.fromUtf8String("short"));
            assertThatThrownBy(request::call).hasMessage("the request's content has 5 bytes instead of 9");
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aFailureSaysItsStage() throws IOException {
        try (RawUpstream upstream = RawUpstream.of(RawUpstream.once("garbage\r\n\r\n"))) {
            assertThatThrownBy(prepare(request(upstream, SdkHttpMethod.GET))::call)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("(head: ");
        }
    }
}
