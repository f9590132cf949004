package multicloud.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.faults.FaultyCloud.Nobody;
import multicloud.gateway.faults.FaultyCloud.Unreachable;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.RequestLog;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.SocketTransport;

/** Many requests by some threads at once to a server of two clouds, one of which is dead or both of which fail at random. */
public final class Outage {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private Outage() {}

    /** What is wrong with the first cloud. */
    public enum Kind {
        NONE,
        REFUSED,
        BLACKHOLE
    }

    /**
     * What became of GETs.
     *
     * @param failed how many did not get 200
     * @param nanos how long each took, in order of length
     */
    public record Gets(int failed, List<Long> nanos) {
        /** So long or less took this share of them. */
        public long quantile(double share) {
            return nanos.get((int) Math.min(nanos.size() - 1L, (long) (nanos.size() * share)));
        }
    }

    /**
     * What became of requests while both clouds fail at random.
     *
     * @param answered how many got 200
     * @param postsTwice how many POSTs without a key have reached clouds more than once
     * @param othersTwice how many of the others have
     */
    public record Mixed(int answered, int postsTwice, int othersTwice) {}

    /** Sends GETs while the first of two clouds is at fault from the beginning. */
    public static Gets gets(Kind kind, int count, int threads) throws Exception {
        try (FaultyCloud first = cloud(kind);
                FaultyCloud second = new Well();
                SocketTransport transport = SocketTransport.system(null)) {
            Gateway gateway = gateway(first.url(), second.url(), "\"breaker\": {}, ", transport);
            AtomicInteger failed = new AtomicInteger();
            long[] nanos = new long[count];
            each(count, threads, i -> {
                long began = System.nanoTime();
                failed.addAndGet(isGood(gateway.handle(Exchanges.get("/a"))) ? 0 : 1);
                nanos[i] = System.nanoTime() - began;
            });
            return new Gets(failed.get(), Arrays.stream(nanos).sorted().boxed().toList());
        }
    }

    private static FaultyCloud cloud(Kind kind) throws IOException {
        return switch (kind) {
            case NONE -> new Well();
            case REFUSED -> new Nobody();
            case BLACKHOLE -> new Unreachable();
        };
    }

    /** Sends GETs, POSTs, and POSTs with a key while both clouds do at random what clouds do. The same seed has the same mishaps. */
    public static Mixed mixed(long seed, int count, int threads) throws Exception {
        Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
        try (RawUpstream first = RawUpstream.of(failing(new Random(seed), received));
                RawUpstream second = RawUpstream.of(failing(new Random(seed + 1), received));
                SocketTransport transport = SocketTransport.system(null)) {
            Gateway gateway = gateway(
                    "http://127.0.0.1:" + first.port(),
                    "http://127.0.0.1:" + second.port(),
                    "\"timeouts\": {\"first_byte\": \"100ms\"}, ",
                    transport);
            AtomicInteger answered = new AtomicInteger();
            each(count, threads, i -> {
                Exchange exchange = Exchanges.exchange(
                        i % 3 == 0 ? "GET" : "POST",
                        "/" + i,
                        i % 3 == 0 ? Body.absent() : Body.of(new byte[64]),
                        headers(i));
                answered.addAndGet(isGood(gateway.handle(exchange)) ? 1 : 0);
            });
            return new Mixed(answered.get(), twice(received, true), twice(received, false));
        }
    }

    private static String[] headers(int number) {
        return number % 3 == 2 ? new String[] {"idempotency-key", "k" + number} : new String[0];
    }

    private static int twice(Map<String, AtomicInteger> received, boolean plainPosts) {
        return (int) received.entrySet().stream()
                .filter(each -> each.getKey().startsWith("POST plain") == plainPosts)
                .filter(each -> each.getValue().get() > 1)
                .count();
    }

    /** Counts each request when it has read it whole, and then answers or does not. */
    private static RawUpstream.Script failing(Random random, Map<String, AtomicInteger> received) {
        return peer -> {
            for (Peer.Received request = peer.request(); request != null; request = peer.request()) {
                String kind = request.head().contains("idempotency-key") ? "keyed " : "plain ";
                String name = request.line().replaceFirst(" /(\\d+) .*", " " + kind + "$1");
                received.computeIfAbsent(name, unknown -> new AtomicInteger()).incrementAndGet();
                int mishap;
                synchronized (random) {
                    mishap = random.nextInt(20);
                }
                switch (mishap) {
                    case 0 -> peer.reset();
                    case 1 -> peer.send("HTTP/1.1 200 OK\r\nConte").reset();
                    case 2, 3 -> peer.send("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
                    case 4 ->
                        peer.send("HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n").close();
                    case 5 -> peer.awaitClose();
                    case 6 -> peer.send(ANSWER).close();
                    default -> peer.send(ANSWER);
                }
                if (mishap == 5) {
                    return;
                }
            }
        };
    }

    private static boolean isGood(Response response) {
        try {
            return response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE).length == 2 && response.status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Something done for each number, by so many threads. */
    private interface Task {
        void run(int number);
    }

    private static void each(int count, int threads, Task task) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().start(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    task.run(number);
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private static Gateway gateway(String first, String second, String more, SocketTransport transport) {
        String document = """
                {"servers": [{"alias": "s", %s
                   "targets": [{"name": "first", "url": "%s"}, {"name": "second", "url": "%s", "priority": 1}],
                   "retry": {"idempotency_key": true, "budget": 1}}],
                 "paths": [{"method": "ANY", "path": "/{.+}", "integration": {"type": "http", "server": "s"}}]}""".formatted(more, first, second);
        GatewayConfig config = switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused ->
                throw new IllegalStateException(refused.problems().toString());
        };
        return Gateway.compile(config, "v1", Lasting.with(transport));
    }

    /** A cloud that answers. */
    private static final class Well implements FaultyCloud {
        private final LocalServer server = LocalServer.start(
                exchange -> new Response(200, Headers.empty(), Body.of("ok".getBytes(UTF_8))),
                RequestLog.NONE,
                LocalServer.Options.on(InetAddress.ofLiteral("127.0.0.1"), 0));

        Well() throws IOException {}

        @Override
        public String url() {
            return "http://127.0.0.1:" + server.port();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
