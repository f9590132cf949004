package multicloud.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that does to each connection exactly what a script says, right or wrong. The first connection gets the first
 * script, and so on; the last script serves all further ones.
 */
public final class RawUpstream implements AutoCloseable {
    /** What is done to one connection. The connection is closed when it returns; an exception of the network ends it too. */
    @FunctionalInterface
    public interface Script {
        void play(Peer peer) throws Exception;
    }

    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final List<Script> scripts;
    private final AtomicInteger accepted = new AtomicInteger();
    private final ConcurrentLinkedQueue<Peer.Received> received = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    private RawUpstream(@Nullable SSLContext tls, List<Script> scripts) throws IOException {
        this.tls = tls;
        this.scripts = scripts;
        this.server = new ServerSocket();
        server.setReceiveBufferSize(16 * 1024);
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
        Thread.ofPlatform().daemon().name("raw-upstream").start(this::accept);
    }

    /** A server of plain HTTP. */
    public static RawUpstream of(Script... scripts) throws IOException {
        return new RawUpstream(null, List.of(scripts));
    }

    /** A server of HTTPS. */
    public static RawUpstream secure(SSLContext tls, Script... scripts) throws IOException {
        return new RawUpstream(tls, List.of(scripts));
    }

    /** Answers every request on a connection with the same bytes. */
    public static Script answering(String response) {
        return peer -> {
            while (peer.request() != null) {
                peer.send(response);
            }
        };
    }

    /**
     * Answers every request with its own body, as {@link Peer#echo()} does.
     *
     * @param buffer how many bytes of it the network may hold on their way back
     */
    public static Script echoing(int buffer) {
        return peer -> {
            peer.socket().setSendBufferSize(buffer);
            while (peer.echo()) {
                // There is nothing else to do.
            }
        };
    }

    /** Answers one request with these bytes, then closes. */
    public static Script once(String response) {
        return peer -> {
            peer.request();
            peer.send(response);
        };
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections have come so far. */
    public int connections() {
        return accepted.get();
    }

    /** The requests that have been read so far, in order. */
    public List<Peer.Received> requests() {
        return List.copyOf(received);
    }

    void record(Peer.Received request) {
        received.add(request);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (server
                        .isClosed()) { // a thread that waits may still be given a connection while its socket is closed
                    socket.close();
                    return;
                }
                Script script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket raw, Script script) {
        try (Socket socket = secured(raw)) {
            socket.setTcpNoDelay(true);
            script.play(new Peer(this, raw, socket));
        } catch (IOException e) {
            // The client went away, which many scripts are about.
        } catch (Exception | AssertionError e) {
            faults.add(e);
        } finally {
            open.remove(raw);
        }
    }

    private Socket secured(Socket raw) throws IOException {
        if (tls == null) {
            return raw;
        }
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, true);
        socket.setUseClientMode(false);
        return socket;
    }

    /** Closes everything; fails when a script did for another reason than the network. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("a script failed", faults.getFirst());
        }
    }
}
