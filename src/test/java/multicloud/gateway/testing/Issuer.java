package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** An issuer on 127.0.0.1 that answers each path with what it was last told to, once it may. */
public final class Issuer implements AutoCloseable {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Semaphore letThrough = new Semaphore(1_000_000);
    private final RawUpstream server;

    public Issuer() throws IOException {
        server = RawUpstream.of(this::serve);
    }

    private void serve(Peer peer) throws IOException {
        for (Peer.Received request = peer.request(); request != null; request = peer.request()) {
            letThrough.acquireUninterruptibly();
            String path = request.line().split(" ")[1];
            peer.send(answers.getOrDefault(path, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        }
    }

    /** Answers that path so from now on, byte for byte. */
    public Issuer answers(String path, String response) {
        answers.put(path, response);
        return this;
    }

    /** Answers that path with this JSON. */
    public Issuer says(String path, String json) {
        return answers(path, ok(json));
    }

    /** Publishes those keys at {@code /keys}. */
    public Issuer publishes(SigningKey... keys) {
        return says("/keys", SigningKey.jwks(keys));
    }

    /** Fails at every path that it was told of. */
    public Issuer fails() {
        answers.replaceAll((path, answer) -> "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        return this;
    }

    public static String ok(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.getBytes(UTF_8).length
                + "\r\n\r\n" + json;
    }

    /** Answers nothing until it is let through. */
    public void hold() {
        letThrough.drainPermits();
    }

    public void letThrough() {
        letThrough.release(1_000_000);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    public int port() {
        return server.port();
    }

    /** How often that path was asked for. */
    public long asked(String path) {
        return server.requests().stream()
                .filter(request -> request.line().split(" ")[1].equals(path))
                .count();
    }

    public RawUpstream server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        letThrough();
        server.close();
    }
}
