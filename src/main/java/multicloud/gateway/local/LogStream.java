package multicloud.gateway.local;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.telemetry.LogSink;

/**
 * A sink that gathers lines for some milliseconds and writes them together from a thread of its own, so that a request never waits for
 * a write unless a megabyte is waiting already. {@link #close} writes what is left; later lines are written at once, so that none is
 * lost however late it comes. Safe for use by many threads.
 */
public final class LogStream implements LogSink, AutoCloseable {
    private static final int MOST_WAITING = 1024 * 1024;
    private static final long GATHER_MILLIS = 5;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ReentrantLock writing = new ReentrantLock();
    private byte[] waiting = new byte[64 * 1024];
    private byte[] spare = new byte[64 * 1024];
    private int length;
    private boolean closed;

    private LogStream(OutputStream out) {
        this.out = out;
    }

    /** A sink that writes to {@code out}, which it never closes. */
    public static LogStream to(OutputStream out) {
        LogStream stream = new LogStream(out);
        Thread.ofPlatform().daemon().name("log").start(stream::run);
        return stream;
    }

    @Override
    public void write(byte[] line, int count) {
        boolean late;
        lock.lock();
        try {
            while (length > MOST_WAITING && !closed) {
                room.awaitUninterruptibly();
            }
            if (length == 0) {
                some.signal();
            }
            append(line, count);
            late = closed;
        } finally {
            lock.unlock();
        }
        if (late) {
            flush();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            some.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        flush();
    }

    private void run() {
        while (awaitSome()) {
            flush();
        }
    }

    /** Waits for the first line and then a little for more; false once the stream is closed. */
    private boolean awaitSome() {
        lock.lock();
        try {
            while (length == 0 && !closed) {
                some.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closed();
    }

    private void flush() {
        writing.lock();
        try {
            byte[] lines;
            int count;
            lock.lock();
            try {
                lines = waiting;
                count = length;
                waiting = spare;
                spare = lines;
                length = 0;
                room.signalAll();
            } finally {
                lock.unlock();
            }
            out.write(lines, 0, count);
            out.flush();
        } catch (IOException e) {
            // Nobody reads the log any more; requests go on.
        } finally {
            writing.unlock();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] line, int count) {
        if (length + count > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, length + count));
        }
        System.arraycopy(line, 0, waiting, length, count);
        length += count;
    }
}
