package multicloud.gateway.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What runs until the process is told to end: by a signal, which ends it with the JVM's own exit code, or by an interrupt of the
 * command's thread.
 */
final class Service implements AutoCloseable {
    /** How long requests under way may take to finish once the end has come. */
    static final Duration DRAIN = Duration.ofSeconds(25);

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean over;

    /** Has something done when the end comes; what was added last is done first. */
    synchronized void atEnd(Runnable ending) {
        endings.push(ending);
    }

    /** Does something once a second until the end comes. It must not throw. */
    void everySecond(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                while (!ended.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                    task.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits for the end. */
    void await() {
        Thread hook = Thread.ofPlatform().name("end").unstarted(this::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            endings.forEach(Runnable::run);
            ended.countDown();
        }
    }
}
