package multicloud.gateway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;

/** Clients that ask without a pause, and what they were answered: each answer says twice which document it is of. */
final class SwapLoad {
    private static final String ENDING = " HTTP/1.1\r\nHost: gateway.test\r\n\r\n";

    private final int port;
    private final AtomicLongArray first;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong mixed = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    SwapLoad(int port, int documents) {
        this.port = port;
        this.first = new AtomicLongArray(documents + 1);
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(Thread.ofPlatform().start(this::ask));
        }
    }

    void stop() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Waits, at most ten seconds, for an answer of that document. */
    void awaitFirstOf(int document) throws InterruptedException {
        for (int i = 0; i < 100 && first.get(document) == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void ask() {
        while (!over) {
            try (RawClient client = RawClient.connect(port)) {
                int newest = 0;
                while (!over) {
                    newest = check(client.send("GET /static" + ENDING).answer(), newest);
                    newest = check(client.send("GET /proxied" + ENDING).answer(), newest);
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }
    }

    /** The document of an answer, the first of which is noted; a connection's next answers are of no older one. */
    private int check(Answer answer, int newest) {
        answers.incrementAndGet();
        if (answer.status() != 200) {
            failed.incrementAndGet();
            return newest;
        }
        int document = Integer.parseInt(answer.text());
        if (!answer.text().equals(answer.field("x-id")) || SwapFigures.isBad(document) || document < newest) {
            mixed.incrementAndGet();
        }
        first.compareAndSet(document, 0, System.nanoTime());
        return Math.max(newest, document);
    }

    /** When the first answer of that document came, by {@link System#nanoTime}; 0 for never. */
    long first(int document) {
        return first.get(document);
    }

    /** When the first answer of that document or a later one came; the end of time for never. */
    long firstSince(int document) {
        long earliest = Long.MAX_VALUE;
        for (int id = document; id < first.length(); id++) {
            earliest = first.get(id) == 0 ? earliest : Math.min(earliest, first.get(id));
        }
        return earliest;
    }

    long answers() {
        return answers.get();
    }

    long failed() {
        return failed.get();
    }

    /** How many answers were of two documents, of one that is refused, or of an older one than the same connection's before. */
    long mixed() {
        return mixed.get();
    }
}
