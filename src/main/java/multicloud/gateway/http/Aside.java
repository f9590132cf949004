package multicloud.gateway.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What goes on beside an exchange and may outlast its answer. Safe for use by many threads. */
public final class Aside {
    private final List<Task> tasks = new ArrayList<>(0);

    private record Task(Thread thread, Runnable givenUp) {
        void end() {
            givenUp.run();
            thread.interrupt();
        }
    }

    /**
     * Begins a task on a thread of its own.
     *
     * @param task which an interrupt must end
     * @param givenUp called before that, where it is not waited for any longer
     */
    public void begin(String name, Runnable task, Runnable givenUp) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(task);
        synchronized (this) {
            tasks.add(new Task(thread, givenUp));
        }
        thread.start();
    }

    /** Waits for all of it at most so long, and then ends what has not ended: a frozen environment would never finish it. */
    public void settle(Duration most) {
        List<Task> all;
        synchronized (this) {
            all = List.copyOf(tasks);
        }
        if (all.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.after(most, Ticker.SYSTEM);
        try {
            for (Task task : all) {
                Duration left = Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
                if (!task.thread().join(left)) {
                    task.end();
                }
            }
        } catch (InterruptedException e) {
            all.forEach(Task::end);
            Thread.currentThread().interrupt();
        }
    }
}
