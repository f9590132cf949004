package multicloud.gateway.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;

/** A connected channel that looks like a socket to what wants one, such as TLS. Its timeouts are nobody's business from outside. */
abstract class ChannelSocket extends Socket {
    private final SocketChannel channel;
    private final Socket adaptor;

    ChannelSocket(SocketChannel channel) {
        this.channel = channel;
        this.adaptor = channel.socket();
    }

    @Override
    public final boolean isConnected() {
        return true;
    }

    @Override
    public final boolean isBound() {
        return true;
    }

    @Override
    public final boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public final boolean isInputShutdown() {
        return adaptor.isInputShutdown();
    }

    @Override
    public final boolean isOutputShutdown() {
        return adaptor.isOutputShutdown();
    }

    @Override
    public final void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public final void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public final int getSoLinger() throws SocketException {
        return adaptor.getSoLinger();
    }

    @Override
    public final void setSoLinger(boolean on, int seconds) throws SocketException {
        adaptor.setSoLinger(on, seconds);
    }

    @Override
    public final SocketChannel getChannel() {
        return channel;
    }

    @Override
    public final InetAddress getInetAddress() {
        return adaptor.getInetAddress();
    }

    @Override
    public final int getPort() {
        return adaptor.getPort();
    }

    @Override
    public final InetAddress getLocalAddress() {
        return adaptor.getLocalAddress();
    }

    @Override
    public final int getLocalPort() {
        return adaptor.getLocalPort();
    }

    @Override
    public final SocketAddress getRemoteSocketAddress() {
        return adaptor.getRemoteSocketAddress();
    }

    @Override
    public final SocketAddress getLocalSocketAddress() {
        return adaptor.getLocalSocketAddress();
    }

    /** Does nothing: limits are set by stage. */
    @Override
    public final void setSoTimeout(int timeout) {}

    @Override
    public final int getSoTimeout() {
        return 0;
    }
}
