package multicloud.gateway.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import multicloud.gateway.http.Deadline;

/**
 * One TCP connection as a socket whose every read and write ends by a limit, so that whatever lies on it (the codec, TLS) keeps
 * to the limit of the stage the call is in. One thread reads at a time and one writes, perhaps another; {@link #close} may come from any.
 */
final class Wire extends ChannelSocket {
    private final SocketChannel channel;
    private final OpenWires open;
    private final WireInput in;
    private final WireOutput out;

    private Wire(SocketChannel channel, Deadline limit, OpenWires open, Watchdog watchdog) throws IOException {
        super(channel);
        this.channel = channel;
        this.open = open;
        this.in = new WireInput(this, watchdog, limit);
        this.out = new WireOutput(this, limit);
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

    /** Nanoseconds as a socket's timeout, which never means that there is none. */
    static int millis(long nanos) throws SocketTimeoutException {
        if (nanos <= 0) {
            throw tooLate();
        }
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    static SocketTimeoutException tooLate() {
        return new SocketTimeoutException("no time is left");
    }

    /** Sets by when everything must be over. */
    void within(Deadline limit) {
        in.within(limit, WireInput.NO_IDLE_LIMIT);
        out.within(limit);
    }

    WireInput in() {
        return in;
    }

    WireOutput out() {
        return out;
    }

    /** Whether a read or a write has failed because its time was over. */
    boolean expired() {
        return in.expired() || out.expired();
    }

    @Override
    public void close() {
        open.remove(this);
        in.unwatch();
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same, and nobody can do more about it.
        }
    }

    @Override
    public WireInput getInputStream() {
        return in;
    }

    @Override
    public WireOutput getOutputStream() {
        return out;
    }
}
