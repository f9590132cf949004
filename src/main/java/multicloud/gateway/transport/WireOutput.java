package multicloud.gateway.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import multicloud.gateway.http.Deadline;

/** What the peer gets. Written by one thread at a time; any may set by when writes must be over, or end them. */
final class WireOutput extends OutputStream {
    private static final int PIECE = 32 * 1024;

    private final Wire wire;
    private final SocketChannel channel;
    private volatile Deadline limit;
    private volatile long sent;
    private volatile boolean writing;
    private volatile long since;
    private volatile boolean stopped;
    private volatile boolean expired;

    WireOutput(Wire wire, Deadline limit) {
        this.wire = wire;
        this.channel = wire.getChannel();
        this.limit = limit;
    }

    /** Sets by when writes must be over. */
    void within(Deadline newLimit) {
        limit = newLimit;
    }

    /** How many bytes have been given to the network. */
    long sent() {
        return sent;
    }

    /** Whether bytes are being given to the network, some of which may have got there. */
    boolean isWriting() {
        return writing;
    }

    /** Whether a write has failed because its time was over. */
    boolean expired() {
        return expired;
    }

    /** Whether every further write fails. */
    boolean isStopped() {
        return stopped;
    }

    /** Makes every further write fail without a sign to the peer, while reads go on. */
    void stop() {
        stopped = true;
    }

    /** How long a write under way may still take, or one that begins now, when none may take longer than {@code span}. */
    long allowance(long span) {
        long waited = writing ? limit.ticker().nanos() - since : 0;
        return Math.min(span - waited, limit.remainingNanos());
    }

    /** Ends a write that the peer does not take, leaving the reading side open. A write that begins later ends itself. */
    void expire() {
        if (!writing) {
            return;
        }
        expired = true;
        stopped = true;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            wire.close();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        long before = sent;
        int end = from + length;
        while (buffer.position() < end) {
            if (stopped) {
                throw new SocketException("writing has been stopped");
            }
            if (limit.passed()) {
                expired = true;
                throw Wire.tooLate();
            }
            buffer.limit(Math.min(end, buffer.position() + PIECE));
            since = limit.ticker().nanos();
            writing = true;
            try {
                channel.write(buffer);
                sent = before + buffer.position() - from;
            } finally {
                writing = false;
            }
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
