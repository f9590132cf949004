package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Lambda Runtime API over HTTP, for a runtime client in a process of its own
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda runtime API</a>).
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";

    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> handedOut = new ConcurrentHashMap<>();
    private final CompletableFuture<Answer> initError = new CompletableFuture<>();
    private final CountDownLatch snapshotTaken = new CountDownLatch(1);
    private final CountDownLatch restored = new CountDownLatch(1);
    private final AtomicInteger ids = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** What a runtime posted. */
    record Answer(boolean error, String body) {}

    private record Invocation(String id, String event, CompletableFuture<Answer> answer) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(ROOT, this::serve);
        server.start();
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} says. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has an event waiting for the runtime. */
    CompletableFuture<Answer> invoke(String event) {
        Invocation invocation = new Invocation("invocation-" + ids.incrementAndGet(), event, new CompletableFuture<>());
        waiting.add(invocation);
        return invocation.answer();
    }

    /** Completes when the runtime says that it could not begin. */
    CompletableFuture<Answer> initError() {
        return initError;
    }

    /** Opens when the runtime is ready for its snapshot. */
    CountDownLatch snapshotTaken() {
        return snapshotTaken;
    }

    /** Lets the runtime wake up from its snapshot. */
    void restore() {
        restored.countDown();
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            String posted = new String(http.getRequestBody().readAllBytes(), UTF_8);
            String[] path =
                    http.getRequestURI().getPath().substring(ROOT.length()).split("/", -1);
            switch (path[path.length - 1]) {
                case "next" -> {
                    if (path[0].equals("restore")) {
                        snapshotTaken.countDown();
                        restored.await();
                        reply(http, 200, "");
                    } else {
                        handOut(http);
                    }
                }
                case "response" -> answered(http, path[1], new Answer(false, posted));
                case "error" -> {
                    if (path[0].equals("invocation")) {
                        answered(http, path[1], new Answer(true, posted));
                    } else {
                        initError.complete(new Answer(true, posted));
                        reply(http, 202, "{}");
                    }
                }
                default -> reply(http, 404, "");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOut(HttpExchange http) throws IOException, InterruptedException {
        Invocation invocation = waiting.take();
        handedOut.put(invocation.id(), invocation);
        http.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        http.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
        http.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:eu-west-1:123456789012:function:gateway:live");
        reply(http, 200, invocation.event());
    }

    private void answered(HttpExchange http, String id, Answer answer) throws IOException {
        reply(http, 202, "{}");
        handedOut.get(id).answer().complete(answer);
    }

    private static void reply(HttpExchange http, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        http.getResponseBody().write(body);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
