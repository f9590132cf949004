package multicloud.gateway.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The gateway's transport as the AWS SDK's HTTP client, so that signed calls need no second HTTP stack.
 *
 * <p>Path and query go out byte for byte as the request has them, the framing is the transport's. Any address may be called,
 * since an endpoint is the operator's and never a document's. What fails without an answer is an {@link IOException} whose message
 * says at which stage. Closing the client leaves the transport open. Safe for use by many threads.
 */
public final class TransportHttpClient implements SdkHttpClient {
    /** The longest content that is held in memory, so that the transport may send it again: 8 MB. */
    private static final long BUFFERED = 8L << 20;

    private final Transport transport;
    private final Timeouts timeouts;
    private final Ticker ticker;

    /**
     * A client over this transport.
     *
     * @param timeouts of every call; the total begins with {@code call()} and covers the response's body
     */
    public TransportHttpClient(Transport transport, Timeouts timeouts, Ticker ticker) {
        this.transport = transport;
        this.timeouts = timeouts;
        this.ticker = ticker;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Execution(request);
    }

    @Override
    public String clientName() {
        return "MulticloudGateway";
    }

    @Override
    public void close() {}

    private Call call(HttpExecuteRequest execute) throws IOException {
        SdkHttpRequest http = execute.httpRequest();
        boolean secure = http.protocol().equalsIgnoreCase("https");
        Origin origin = new Origin(secure, bare(http.host()), http.port(), AddressRule.ANY);
        String path = http.encodedPath().isEmpty() ? "/" : http.encodedPath();
        RequestTarget target =
                new RequestTarget(path, http.encodedQueryParameters().orElse(null));
        Body body = body(execute.contentStreamProvider().orElse(null), http);
        Request request = new Request(http.method().name(), target, endToEnd(http), body);
        return new Call(origin, request, timeouts, Deadline.after(timeouts.total(), ticker));
    }

    private static String bare(String host) {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** All fields but those the transport writes itself, from the body it is given. */
    private static Headers endToEnd(SdkHttpRequest http) {
        Headers.Builder headers = Headers.builder();
        for (Map.Entry<String, List<String>> field : http.headers().entrySet()) {
            switch (field.getKey().toLowerCase(Locale.ROOT)) {
                case "content-length", "transfer-encoding", "connection" -> {}
                default -> field.getValue().forEach(value -> headers.add(field.getKey(), value));
            }
        }
        return headers.build();
    }

    private static Body body(@Nullable ContentStreamProvider content, SdkHttpRequest http) throws IOException {
        if (content == null) {
            return Body.absent();
        }
        long length =
                http.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(-1L);
        if (length < 0 || length > BUFFERED) {
            return Body.streamed(content.newStream(), length);
        }
        try (InputStream stream = content.newStream()) {
            byte[] bytes = stream.readNBytes((int) length);
            if (bytes.length < length) {
                throw new IOException("the request's content has " + bytes.length + " bytes instead of " + length);
            }
            return Body.of(bytes);
        }
    }

    private final class Execution implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private boolean aborted;
        private @Nullable Body answer;

        Execution(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            return switch (transport.send(TransportHttpClient.this.call(request))) {
                case Outcome.Answered(Response response) -> answered(response);
                case Outcome.Failed failed ->
                    throw new IOException(
                            failed.failure().message() + " (" + failed.stage().label() + ": "
                                    + failed.cause().getMessage() + ")",
                            failed.cause());
            };
        }

        /** Breaks the answer off; before its head has come, the call ends by its timeouts and then gives the answer up. */
        @Override
        public void abort() {
            Body body;
            synchronized (this) {
                aborted = true;
                body = answer;
            }
            if (body != null) {
                discard(body);
            }
        }

        private HttpExecuteResponse answered(Response response) throws IOException {
            boolean late;
            synchronized (this) {
                answer = response.body();
                late = aborted;
            }
            if (late) {
                discard(response.body());
                throw new IOException("the request was aborted");
            }
            HttpExecuteResponse.Builder built = HttpExecuteResponse.builder().response(head(response));
            if (!response.body().isAbsent()) {
                built.responseBody(AbortableInputStream.create(response.body().stream(), this));
            }
            return built.build();
        }

        private static SdkHttpResponse head(Response response) {
            SdkHttpFullResponse.Builder head = SdkHttpResponse.builder().statusCode(response.status());
            response.headers().forEach(head::appendHeader);
            return head.build();
        }

        private static void discard(Body body) {
            try {
                body.close();
            } catch (UncheckedIOException brokenAnyway) {
                // It was to be broken off.
            }
        }
    }
}
