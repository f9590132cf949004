package multicloud.gateway.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.policy.ErrorBoundary;

/**
 * An HTTP/1.1 server that answers every request with a handler: plain TCP, one virtual thread for each connection, bodies streamed
 * both ways, framing that two readers could take differently refused (RFC 9112). Safe for use by many threads.
 */
public final class LocalServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MOST_CONNECTIONS = 10_000;

    /** What a connection may hold: its buffers, and a head as large as the limits allow. */
    private static final long HEAP_PER_CONNECTION = 160 * 1024;

    private static final long LOOK_MILLIS = 20;
    private static final long IDLE_WHILE_DRAINING = TimeUnit.MILLISECONDS.toNanos(100);

    private final Handler handler;
    private final RequestLog log;
    private final Ticker ticker;
    private final Patience patience;
    private final ServerSocket listener;
    private final DateField date;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final Semaphore places =
            new Semaphore((int) Math.min(MOST_CONNECTIONS, Runtime.getRuntime().maxMemory() / HEAP_PER_CONNECTION));
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean draining;

    /**
     * Where and how a server listens.
     *
     * @param port 0 takes a free one
     */
    public record Options(InetAddress address, int port, Patience patience, Ticker ticker, InstantSource clock) {
        /** The defaults, on this address and port. */
        public static Options on(InetAddress address, int port) {
            return new Options(address, port, Patience.DEFAULT, Ticker.SYSTEM, InstantSource.system());
        }
    }

    private LocalServer(Handler handler, RequestLog log, Options options) throws IOException {
        this.handler = new ErrorBoundary().around(handler);
        this.log = log;
        this.ticker = options.ticker();
        this.patience = options.patience();
        this.date = new DateField(options.clock());
        this.listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(options.address(), options.port()), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Starts a server; it answers once this returns.
     *
     * @throws java.net.BindException when the port is taken, or the address is not this machine's
     */
    public static LocalServer start(Handler handler, RequestLog log, Options options) throws IOException {
        LocalServer server = new LocalServer(handler, log, options);
        Thread.ofPlatform().name("accept-" + server.port()).start(server::accept);
        Thread.ofPlatform().daemon().name("expire-" + server.port()).start(server::expire);
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Whether it takes no new connections, and ends those it has. */
    public boolean isDraining() {
        return draining;
    }

    /** Takes no more connections, lets the requests under way finish, and breaks off what has not finished after {@code most}. */
    public void drain(Duration most) {
        draining = true;
        closeListener();
        long end = System.nanoTime() + most.toNanos();
        while (!wires.isEmpty() && System.nanoTime() - end < 0) {
            wires.forEach(wire -> wire.closeIdle(IDLE_WHILE_DRAINING));
            wires.forEach(Wire::expire);
            pause();
        }
        close();
    }

    /** Closes all connections at once. */
    @Override
    public void close() {
        draining = true;
        closeListener();
        wires.forEach(Wire::abort);
        ended.countDown();
    }

    Handler handler() {
        return handler;
    }

    RequestLog log() {
        return log;
    }

    Ticker ticker() {
        return ticker;
    }

    private void accept() {
        while (!listener.isClosed()) {
            places.acquireUninterruptibly();
            try {
                converse(listener.accept());
            } catch (IOException | OutOfMemoryError e) {
                // Closed, or out of file descriptors or memory until some connection ends.
                places.release();
                pause();
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        Wire wire;
        Conversation conversation;
        try {
            socket.setTcpNoDelay(true);
            wire = new Wire(socket, patience, ticker);
            conversation = new Conversation(this, wire, date);
        } catch (IOException e) {
            // The client was gone before it said anything.
            socket.close();
            places.release();
            return;
        }
        wires.add(wire);
        Thread.ofVirtual().name("client").start(() -> {
            try {
                conversation.run();
            } finally {
                wires.remove(wire);
                places.release();
            }
        });
    }

    /** Ends waits for clients that take too long. */
    private void expire() {
        try {
            while (!ended.await(1, TimeUnit.SECONDS)) {
                wires.forEach(Wire::expire);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            // It takes no more connections either way.
        }
    }
}
