package multicloud.gateway.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.testing.Certificates;
import multicloud.gateway.testing.RawUpstream;

/** A cloud with a fault, on loopback. */
interface FaultyCloud extends AutoCloseable {
    /** A name that the test's resolver does not know. */
    String UNKNOWN_NAME = "gone.example";

    String url();

    /** How many requests it has read whole. */
    default int requests() {
        return 0;
    }

    /** For how many seconds it is looked at. */
    default int seconds() {
        return 1;
    }

    /** Another second begins; says whether the fault lasts in it. */
    default boolean nextSecond() {
        return true;
    }

    @Override
    void close() throws IOException;

    /** Nobody listens there, and nobody else will. */
    final class Nobody implements FaultyCloud {
        private final Socket bound = new Socket();

        Nobody() throws IOException {
            bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        }

        @Override
        public String url() {
            return "http://127.0.0.1:" + bound.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            bound.close();
        }
    }

    /** A name nobody knows. */
    final class Unnamed implements FaultyCloud {
        @Override
        public String url() {
            return "https://" + UNKNOWN_NAME;
        }

        @Override
        public void close() {}
    }

    /** A certificate of an authority nobody trusts. */
    final class Untrusted implements FaultyCloud {
        private final RawUpstream upstream = RawUpstream.secure(
                Certificates.forNames("ip:127.0.0.1").server(),
                RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"));

        Untrusted() throws IOException {}

        @Override
        public String url() {
            return "https://127.0.0.1:" + upstream.port();
        }

        @Override
        public int requests() {
            return upstream.requests().size();
        }

        @Override
        public void close() throws IOException {
            upstream.close();
        }
    }

    /** A listener whose queue is full: the kernel drops what else would connect. */
    final class Unreachable implements FaultyCloud {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        private final List<Socket> queue = new ArrayList<>();

        Unreachable() throws IOException {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.getLocalPort());
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(address, 50);
                } catch (IOException full) {
                    return;
                }
            }
            throw new IOException("the queue is not full");
        }

        @Override
        public String url() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queue) {
                socket.close();
            }
            listener.close();
        }
    }

    /** Does the same to every connection. */
    final class Scripted implements FaultyCloud {
        private final RawUpstream upstream;

        Scripted(RawUpstream.Script script) throws IOException {
            upstream = RawUpstream.of(script);
        }

        static Scripted answering(int status) throws IOException {
            return new Scripted(
                    RawUpstream.answering("HTTP/1.1 " + status + " X\r\nX-Cloud: first\r\nContent-Length: 0\r\n\r\n"));
        }

        @Override
        public String url() {
            return "http://127.0.0.1:" + upstream.port();
        }

        @Override
        public int requests() {
            return upstream.requests().size();
        }

        @Override
        public void close() throws IOException {
            upstream.close();
        }
    }

    /** Resets every connection in the first second, answers in the next, and so on. */
    final class Flapping implements FaultyCloud {
        private final RawUpstream upstream;
        private volatile boolean down = true;

        Flapping() throws IOException {
            upstream = RawUpstream.of(peer -> {
                while (peer.request() != null) {
                    if (down) {
                        peer.reset();
                        return;
                    }
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
                }
            });
        }

        @Override
        public String url() {
            return "http://127.0.0.1:" + upstream.port();
        }

        @Override
        public int requests() {
            return upstream.requests().size();
        }

        @Override
        public int seconds() {
            return 4;
        }

        @Override
        public boolean nextSecond() {
            down = !down;
            return down;
        }

        @Override
        public void close() throws IOException {
            upstream.close();
        }
    }
}
