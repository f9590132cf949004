package multicloud.gateway.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.TimedStream;
import org.apache.hc.core5.http.ConnectionClosedException;

/**
 * The body a client sends, read as it comes; what goes wrong with it is a {@link BodyFailure}. A client that waits for leave to send
 * it gets that with the first read. It may still be read while it is being answered: safe for use by the thread that reads it and
 * the one that answers.
 */
final class RequestBody extends InputStream implements TimedStream {
    private final Wire wire;
    private final InputStream content;
    private final Leave leave;
    private final long length;
    private final ReentrantLock reading = new ReentrantLock();
    private boolean begun;
    private long count;
    private volatile boolean ended;
    private volatile boolean wanted;
    private volatile boolean broken;
    private boolean answering;

    /** Tells the client to send its body. */
    @FunctionalInterface
    interface Leave {
        void give() throws IOException;
    }

    RequestBody(Wire wire, InputStream content, long length, Leave leave) {
        this.wire = wire;
        this.content = content;
        this.length = length;
        this.leave = leave;
    }

    @Override
    public void within(Deadline deadline) {
        wanted = true;
        wire.expectBodyBy(deadline);
    }

    /** Whether all of it has been read. */
    boolean isEnded() {
        return ended;
    }

    /** Whether what is left is known to be little, and on its way. */
    boolean isNearlyEnded(long most) {
        if (ended || !reading.tryLock()) {
            return ended;
        }
        try {
            return begun && !broken && length >= 0 && length - count <= most;
        } finally {
            reading.unlock();
        }
    }

    /** Whether somebody passes it on, and may do so to its end. */
    boolean isPassedOn() {
        return wanted && !broken;
    }

    /** The answer begins: leave that has not been given by now must not come in its middle. */
    synchronized void answering() {
        answering = true;
    }

    private synchronized boolean giveLeave() throws IOException {
        if (!answering) {
            leave.give();
        }
        return !answering;
    }

    /** Gives up what is left: a read under way ends, then this is done, and every further read fails. */
    void giveUp(Runnable rest) {
        broken = true;
        reading.lock();
        try {
            rest.run();
        } finally {
            reading.unlock();
        }
    }

    /** The client sends without being told to. */
    void begin() {
        begun = true;
    }

    /** Reads and drops what is left. */
    void drain(byte[] scratch) throws IOException {
        int read = 0;
        while (read >= 0) {
            read = read(scratch, 0, scratch.length);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        reading.lock();
        try {
            if (ended || length == 0) {
                return ended ? -1 : 0;
            }
            return readContent(bytes, offset, length);
        } catch (EOFException | ConnectionClosedException e) {
            throw broken(wire.expired() ? Failure.REQUEST_TIMEOUT : Failure.MALFORMED_REQUEST, e);
        } catch (IOException e) {
            throw broken(Failure.MALFORMED_REQUEST, e);
        } finally {
            reading.unlock();
        }
    }

    private int readContent(byte[] bytes, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("the body has been given up");
        }
        begun = begun || giveLeave();
        int read = content.read(bytes, offset, length);
        count += Math.max(0, read);
        ended = read < 0 || count == this.length;
        return read;
    }

    @Override
    public int available() throws IOException {
        return ended || broken ? 0 : content.available();
    }

    private BodyFailure broken(Failure failure, IOException cause) {
        broken = true;
        return new BodyFailure(failure, cause);
    }
}
