package multicloud.gateway.local;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.testing.RawClient;

/** A server on a free port, and what its log was told. */
final class ServerFixture implements AutoCloseable {
    private final List<Entry> log = new CopyOnWriteArrayList<>();
    private final LocalServer server;

    record Entry(Exchange exchange, int status, long bytesOut) {}

    private ServerFixture(Handler handler, Patience patience) throws IOException {
        server = LocalServer.start(
                handler,
                (exchange, status, bytes) -> log.add(new Entry(exchange, status, bytes)),
                new LocalServer.Options(
                        InetAddress.getLoopbackAddress(), 0, patience, Ticker.SYSTEM, InstantSource.system()));
    }

    static ServerFixture of(Handler handler) throws IOException {
        return new ServerFixture(handler, Patience.DEFAULT);
    }

    static ServerFixture of(Handler handler, Patience patience) throws IOException {
        return new ServerFixture(handler, patience);
    }

    LocalServer server() {
        return server;
    }

    RawClient client() throws IOException {
        return RawClient.connect(server.port());
    }

    /** The entries, once there are that many. */
    List<Entry> logged(int count) {
        long end = System.nanoTime() + 5_000_000_000L;
        while (log.size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return log;
    }

    @Override
    public void close() {
        server.close();
    }
}
