package multicloud.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents change while requests flow: every answer is of exactly one document, and none is lost. */
@Timeout(60)
class SwapUnderLoadTest {
    private static final int SWAPS = 20;
    private static final int CLIENTS = 32;

    /** What a request got: the status, body, field and noted version must all be of one document. */
    private record Answer(int floor, int status, String body, String field, String version) {}

    private final AtomicInteger newest = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

    private static String document(int number) {
        return "{\"paths\":[{\"method\":\"GET\",\"path\":\"/v\",\"response\":" + number
                + ",\"response_headers\":{\"x-number\":\"" + number + "\"}}]}";
    }

    private void ask(LiveGateway gateway) {
        int floor = newest.get();
        Exchange exchange = Exchanges.get("/v");
        Response response = gateway.handle(exchange);
        try {
            answers.add(new Answer(
                    floor,
                    response.status(),
                    new String(response.body().bytes(1000, Failure.RESPONSE_TOO_LARGE), UTF_8),
                    response.headers().first("x-number"),
                    exchange.notes().configVersion()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Thread> clients(LiveGateway gateway) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.startVirtualThread(() -> {
                while (!over.get()) {
                    ask(gateway);
                    LockSupport.parkNanos(100_000);
                }
            }));
        }
        return clients;
    }

    private void finish(List<Thread> clients) throws InterruptedException {
        over.set(true);
        for (Thread client : clients) {
            assertThat(client.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    private void everyAnswerIsOfOneDocument() {
        Map<String, String> numbers = new HashMap<>();
        for (Answer answer : answers) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field()).isEqualTo(answer.body());
            assertThat(numbers.merge(answer.version(), answer.body(), (first, next) -> first))
                    .isEqualTo(answer.body());
        }
        assertThat(numbers).hasSize(SWAPS + 1);
    }

    @Test
    void aFileIsSwappedUnderLoad(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.json"), document(0));
        try (Live live = Live.ofFile(file)) {
            ask(live.gateway);
            List<Thread> clients = clients(live.gateway);
            for (int i = 1; i <= SWAPS; i++) {
                Live.replace(file, document(i));
                live.pass(Duration.ofSeconds(1));
                live.gateway.look();
                int before = answers.size();
                while (answers.size() < before + CLIENTS) {
                    LockSupport.parkNanos(100_000);
                }
            }
            finish(clients);
            everyAnswerIsOfOneDocument();
            assertThat(live.log.events()).hasSize(SWAPS + 1).containsOnly("loaded");
        }
    }

    @Test
    void withoutRefreshNoAnswerIsOlderThanItsRequest() throws Exception {
        try (S3Server server = S3Server.start()) {
            server.put("k", document(0));
            Map<String, String> environment = new HashMap<>(server.environment());
            environment.put("GATEWAY_CONFIG_URI", "s3://" + S3Server.BUCKET + "/k");
            environment.put("GATEWAY_CONFIG_REFRESH", "0");
            try (Live live = Live.of(environment)) {
                ask(live.gateway);
                List<Thread> clients = clients(live.gateway);
                for (int i = 1; i <= SWAPS; i++) {
                    server.put("k", document(i));
                    newest.set(i);
                    int before = answers.size();
                    while (answers.size() < before + CLIENTS) {
                        LockSupport.parkNanos(100_000);
                    }
                }
                finish(clients);
                everyAnswerIsOfOneDocument();
                assertThat(answers)
                        .allSatisfy(answer ->
                                assertThat(Integer.parseInt(answer.body())).isGreaterThanOrEqualTo(answer.floor()));
            }
        }
    }
}
