package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import multicloud.gateway.http.Deadline;

/**
 * One TCP connection as a socket whose every read and write ends by a limit, so that whatever lies on it (the codec, TLS) keeps
 * to the limit of the stage the call is in. One thread uses it at a time; {@link #close} and {@link #expireWrite} may come from others.
 */
final class Wire extends ChannelSocket {
    /** For reads that have no limit but the stage's. */
    static final long NO_IDLE_LIMIT = Long.MAX_VALUE;

    /** What a look at a connection that should be silent finds. */
    enum Sign {
        SILENT,
        BYTES,
        CLOSED
    }

    private static final int WRITE_PIECE = 32 * 1024;
    private static final long GLANCE = 1_000_000;

    private final SocketChannel channel;
    private final Socket adaptor;
    private final InputStream raw;
    private final WireInput input = new WireInput(this);
    private final WireOutput output = new WireOutput(this);
    private final OpenWires open;
    private final ReadWatch watch;
    private final ByteBuffer peeked = ByteBuffer.allocate(1).limit(0);

    private Deadline limit;
    private long idleNanos = NO_IDLE_LIMIT;
    private long sent;
    private boolean ended;
    private boolean glancing;
    private volatile boolean expired;
    private volatile boolean outputStopped;
    private volatile boolean writing;
    private volatile long writingSince;

    private Wire(SocketChannel channel, Deadline limit, OpenWires open, Watchdog watchdog) throws IOException {
        super(channel);
        this.channel = channel;
        this.adaptor = channel.socket();
        this.raw = adaptor.getInputStream();
        this.limit = limit;
        this.open = open;
        this.watch = new ReadWatch(this, watchdog);
    }

    /** Connects within {@code limit}. */
    static Wire connect(InetAddress address, int port, Deadline limit, OpenWires open, Watchdog watchdog)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(new InetSocketAddress(address, port), millis(limit.remainingNanos()));
            Wire wire = new Wire(channel, limit, open, watchdog);
            open.add(wire);
            return wire;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sets by when everything must be over and how long a single read or write may take, and forgets an earlier timeout. */
    void within(Deadline newLimit, long newIdleNanos) {
        limit = newLimit;
        idleNanos = newIdleNanos;
        expired = false;
    }

    /** Whether reads, for now, only look what is there already: the limits stay as they are and are not used up. */
    void glance(boolean now) {
        glancing = now;
    }

    /** Whether the last thing that failed did so because its time was over. */
    boolean expired() {
        return expired;
    }

    /** How many bytes have been given to the network. */
    long sent() {
        return sent;
    }

    /** Whether the peer has closed its side without a word of TLS. */
    boolean ended() {
        return ended;
    }

    /** Whether it can still be written to. */
    boolean isWritable() {
        return !outputStopped;
    }

    /** Makes every further write fail without a sign to the peer, while reads go on. */
    void stopWriting() {
        outputStopped = true;
    }

    /** Whether there are bytes to read at once. */
    boolean hasInput() throws IOException {
        return peeked.hasRemaining() || raw.available() > 0;
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

    /** How long a write under way may still take, or one that begins now, when none may take longer than {@code span}. */
    long writeAllowance(long span) {
        long waited = writing ? limit.ticker().nanos() - writingSince : 0;
        return Math.min(span - waited, limit.remainingNanos());
    }

    /** Ends a write that the peer does not take, leaving the reading side open. A write that begins later ends itself. */
    void expireWrite() {
        if (!writing) {
            return;
        }
        expired = true;
        outputStopped = true;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    int read(byte[] bytes, int from, int length) throws IOException {
        if (peeked.hasRemaining() && length > 0) {
            bytes[from] = peeked.get();
            return 1;
        }
        long left = glancing ? GLANCE : Math.min(limit.remainingNanos(), idleNanos);
        if (left <= 0) {
            throw tooLate();
        }
        boolean watched = Thread.currentThread().isVirtual() && !glancing;
        int count = watched ? readWatched(bytes, from, length) : readTimed(bytes, from, length, left);
        ended |= count < 0;
        return count;
    }

    private int readTimed(byte[] bytes, int from, int length, long left) throws IOException {
        adaptor.setSoTimeout(millis(left));
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
        watch.begin(idleNanos == NO_IDLE_LIMIT ? limit : limit.orAfter(Duration.ofNanos(idleNanos)));
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

    /** Ends a read under way, and every later one. */
    void stopReading() {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            close();
        }
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        int end = from + length;
        while (buffer.position() < end) {
            if (outputStopped) {
                throw new SocketException("writing has been stopped");
            }
            if (limit.passed()) {
                throw tooLate();
            }
            buffer.limit(Math.min(end, buffer.position() + WRITE_PIECE));
            writingSince = limit.ticker().nanos();
            writing = true;
            try {
                sent += channel.write(buffer);
            } finally {
                writing = false;
            }
        }
    }

    private SocketTimeoutException tooLate() {
        expired = true;
        return new SocketTimeoutException("no time is left");
    }

    private static int millis(long nanos) throws SocketTimeoutException {
        if (nanos <= 0) {
            throw new SocketTimeoutException("no time is left");
        }
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    @Override
    public void close() {
        open.remove(this);
        watch.close();
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same, and nobody can do more about it.
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }
}
