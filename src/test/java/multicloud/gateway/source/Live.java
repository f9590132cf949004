package multicloud.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;

/** A live gateway for one test, with its log and a clock that the test moves. */
final class Live implements AutoCloseable {
    final LogLines log = new LogLines();
    final Transport transport = SocketTransport.system(null);
    final LiveGateway gateway;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    private Live(Settings settings) {
        gateway = LiveGateway.open(settings, transport, log, now::get);
    }

    static Live of(Map<String, String> environment) {
        return new Live(Settings.of(environment, Path.of("")));
    }

    static Live ofFile(Path file, String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new Live(Settings.of(environment, Path.of("")).withConfig(file.toString()));
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** The status and body of a GET, like {@code 200 "one"}. */
    String get(String path) {
        Response response = gateway.handle(Exchanges.get(path));
        try {
            return response.status() + " "
                    + new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A GET and the end of the look it may have begun. */
    String getAndSettle(String path) {
        String answer = get(path);
        gateway.settle(Duration.ofSeconds(20));
        return answer;
    }

    /** A document whose route {@code /v} answers that version. */
    static String document(String version) {
        return "{\"paths\":[{\"method\":\"GET\",\"path\":\"/v\",\"response\":\"" + version + "\"}]}";
    }

    /** Replaces a file at one blow, as a careful editor does. */
    static void replace(Path file, String content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        gateway.close();
        transport.close();
    }
}
