package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import multicloud.gateway.http.Deadline;

/** What the peer sends. Read by one thread at a time; any may set how long reads may take, or end them. */
final class WireInput extends InputStream {
    /** For reads that have no limit but the stage's. */
    static final long NO_IDLE_LIMIT = Long.MAX_VALUE;

    /** What a look at a connection that should be silent finds. */
    enum Sign {
        SILENT,
        BYTES,
        CLOSED
    }

    private static final long GLANCE = 1_000_000;

    private final Wire wire;
    private final SocketChannel channel;
    private final Socket adaptor;
    private final InputStream raw;
    private final ReadWatch watch;
    private final ByteBuffer peeked = ByteBuffer.allocate(1).limit(0);
    private boolean ended;
    private boolean glancing;
    private volatile boolean movable;
    private volatile boolean expired;

    WireInput(Wire wire, Watchdog watchdog, Deadline limit) throws IOException {
        this.wire = wire;
        this.channel = wire.getChannel();
        this.adaptor = channel.socket();
        this.raw = adaptor.getInputStream();
        this.watch = new ReadWatch(this, watchdog, limit);
    }

    /** Sets by when reads must be over and how long each may take; for one under way too, where {@link #letLimitMove} said so. */
    void within(Deadline limit, long idleNanos) {
        watch.within(limit, idleNanos);
    }

    /** Whether the limit of a read that waits may still be moved. */
    void letLimitMove(boolean now) {
        movable = now;
    }

    /** Whether reads, for now, only look what is there already: the limits stay as they are and are not used up. */
    void glance(boolean now) {
        glancing = now;
    }

    /** Whether a read has failed because its time was over. */
    boolean expired() {
        return expired;
    }

    /** Whether the peer has closed its side without a word of TLS. */
    boolean ended() {
        return ended;
    }

    /** Looks, without waiting, whether the peer has closed an idle connection or sent what nobody asked for. */
    Sign probe() {
        if (peeked.hasRemaining()) {
            return Sign.BYTES;
        }
        try {
            channel.configureBlocking(false);
            int count;
            try {
                peeked.clear();
                count = channel.read(peeked);
            } finally {
                peeked.flip();
                channel.configureBlocking(true);
            }
            return count < 0 ? Sign.CLOSED : count == 0 ? Sign.SILENT : Sign.BYTES;
        } catch (IOException e) {
            return Sign.CLOSED;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (peeked.hasRemaining() && length > 0) {
            bytes[from] = peeked.get();
            return 1;
        }
        boolean watched = !glancing && (movable || Thread.currentThread().isVirtual());
        int count = watched ? readWatched(bytes, from, length) : readTimed(bytes, from, length);
        ended |= count < 0;
        return count;
    }

    private int readTimed(byte[] bytes, int from, int length) throws IOException {
        long left = glancing ? GLANCE : watch.allowance();
        if (left <= 0) {
            throw tooLate();
        }
        adaptor.setSoTimeout(Wire.millis(left));
        try {
            return raw.read(bytes, from, length);
        } catch (SocketTimeoutException e) {
            expired = !glancing;
            throw e;
        } finally {
            adaptor.setSoTimeout(0);
        }
    }

    private int readWatched(byte[] bytes, int from, int length) throws IOException {
        if (!watch.begin()) {
            throw tooLate();
        }
        int count;
        try {
            count = raw.read(bytes, from, length);
        } catch (IOException e) {
            throw watch.end() ? tooLate() : e;
        }
        if (watch.end()) {
            throw tooLate();
        }
        return count;
    }

    private SocketTimeoutException tooLate() {
        expired = true;
        return Wire.tooLate();
    }

    /** Ends a read under way, and every later one. */
    void stop() {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            wire.close();
        }
    }

    /** The wire is closed, by which every read ends: nobody need watch them. */
    void unwatch() {
        watch.close();
    }

    @Override
    public int available() throws IOException {
        return peeked.hasRemaining() || raw.available() > 0 ? 1 : 0;
    }

    @Override
    public void close() {
        wire.close();
    }
}
