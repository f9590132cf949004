package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import multicloud.gateway.aws.AwsClient;
import multicloud.gateway.aws.AwsCredentials;
import multicloud.gateway.aws.AwsEnvironment;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Put;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.aws.TransportHttpClient;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.local.RequestLog;
import multicloud.gateway.testing.S3Server;
import multicloud.gateway.testing.ServerEdge;
import multicloud.gateway.transport.SocketTransport;

/**
 * A new document every second under full load: {@code SwapFigures LAUNCHER SECONDS} does it to {@code serve} through a file and through
 * S3, one in six of them invalid, and prints Markdown. It ends with 1 where a request has failed or an answer was of two documents.
 */
public final class SwapFigures {
    private static final int CLIENTS = 16;
    private static final int EVERY = 6;
    private static final Timeouts TIMEOUTS = new Timeouts(seconds(3), seconds(20), seconds(30), seconds(60));

    private final Path folder;
    private final String launcher;
    private final int swaps;
    private final ServerEdge upstream;
    private boolean good = true;

    private SwapFigures(Path folder, String launcher, int swaps, ServerEdge upstream) {
        this.folder = folder;
        this.launcher = launcher;
        this.swaps = swaps;
        this.upstream = upstream;
    }

    /** Where documents are written. */
    @FunctionalInterface
    private interface Place {
        void write(byte[] document) throws Exception;
    }

    /** Writes as {@code publish} does: only over what was written last. */
    private static final class Published implements Place {
        private final S3Objects objects;
        private final S3Location at;
        private Condition condition = new Condition.Absent();

        Published(S3Objects objects, S3Location at) {
            this.objects = objects;
            this.at = at;
        }

        @Override
        public void write(byte[] document) {
            Put put = objects.put(at, document, condition);
            if (!(put instanceof Stored(S3Location.Version version)) || version.etag() == null) {
                throw new IllegalStateException("not written: " + put);
            }
            condition = new Condition.Matches(version.etag());
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("swap");
        boolean good;
        try (ServerEdge upstream = new ServerEdge(SwapFigures::echo, RequestLog.NONE)) {
            SwapFigures figures = new SwapFigures(folder, args[0], Integer.parseInt(args[1]), upstream);
            figures.print();
            good = figures.good;
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
            Files.delete(folder);
        }
        System.exit(good ? 0 : 1);
    }

    /** Answers with the path, without its slash. */
    private static Response echo(Exchange exchange) {
        byte[] path = exchange.request().target().path().substring(1).getBytes(US_ASCII);
        return new Response(200, Headers.empty(), Body.of(path));
    }

    private void print() throws Exception {
        System.out.printf(
                "%d documents, one every 0.8 to 1.2 s, every %dth of them invalid; %d connections that ask as fast as they are answered, half of"
                        + " it through an upstream. A document that is overwritten before anybody has looked at it, by an invalid one too,"
                        + " counts until a later one answers.%n%n",
                swaps, EVERY, CLIENTS);
        System.out.println(
                "| the document is read from | documents | refused | answers | failed |"
                        + " of two documents, a refused or an older one | ms from the write to the first answer by it or a later one |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        throughAFile();
        throughS3("1", "S3, looked at every second");
        throughS3("0", "S3, looked at for every request");
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void throughAFile() throws Exception {
        Path file = folder.resolve("gateway.json");
        Path next = folder.resolve("next.json");
        run("a file, looked at every second", file.toString(), Map.of(), document -> {
            Files.write(next, document);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private void throughS3(String refresh, String name) throws Exception {
        S3Location at = new S3Location(S3Server.BUCKET, "gateway.json");
        try (S3Server server = S3Server.start();
                SocketTransport transport = SocketTransport.system(null);
                TransportHttpClient http = new TransportHttpClient(transport, TIMEOUTS, Ticker.SYSTEM)) {
            AwsEnvironment environment = new AwsEnvironment(server.environment());
            InstantSource clock = InstantSource.system();
            AwsCredentials credentials = AwsCredentials.of(environment, http, clock);
            S3Objects objects = new S3Objects(new AwsClient(http, credentials, clock), environment);
            Map<String, String> variables = new HashMap<>(server.environment());
            variables.put("GATEWAY_CONFIG_REFRESH", refresh);
            run(name, "s3://" + S3Server.BUCKET + "/gateway.json", variables, new Published(objects, at));
        }
    }

    private void run(String name, String config, Map<String, String> variables, Place place) throws Exception {
        place.write(document(0));
        Path log = folder.resolve("serve.log");
        ProcessBuilder builder =
                new ProcessBuilder(launcher, "serve", "--config", config, "--port", "0").redirectError(log.toFile());
        builder.environment().putAll(variables);
        Process serve = builder.start();
        try {
            String line = serve.inputReader().readLine();
            SwapLoad load = new SwapLoad(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)), swaps);
            load.start(CLIENTS);
            long[] written = swap(place);
            load.awaitFirstOf(lastGood());
            load.stop();
            serve.destroy();
            serve.waitFor(30, TimeUnit.SECONDS);
            row(name, load, written, refused(log));
        } finally {
            serve.destroyForcibly();
        }
    }

    private long[] swap(Place place) throws Exception {
        Random random = new Random(1);
        long[] written = new long[swaps + 1];
        TimeUnit.SECONDS.sleep(5);
        for (int id = 1; id <= swaps; id++) {
            written[id] = System.nanoTime();
            place.write(document(id));
            TimeUnit.MILLISECONDS.sleep(800 + random.nextInt(400));
        }
        return written;
    }

    static boolean isBad(int id) {
        return id % EVERY == EVERY - 1;
    }

    private int lastGood() {
        return isBad(swaps) ? swaps - 1 : swaps;
    }

    /** A document whose answers say which it is, twice each. */
    private byte[] document(int id) {
        return """
                {"servers":[{"alias":"up","url":"http://127.0.0.1:%2$d"}],%3$s
                 "paths":[{"method":"GET","path":"/static","response":%1$d,"response_headers":{"x-id":"%1$d"}},
                          {"method":"GET","path":"/proxied","integration":{"type":"http_proxy","server":"up","rewrite":"/%1$d"},
                           "mapping":{"response_headers":{"x-id":"%1$d"}}}]}
                """.formatted(id, upstream.clientPort(), isBad(id) ? "\"nonsense\":1," : "")
                .getBytes(UTF_8);
    }

    /** How many documents the log says were refused; it has a line for each answer as well. */
    private static long refused(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(
                            line -> line.startsWith("{\"type\":\"config\"") && line.contains("\"event\":\"refused\""))
                    .count();
        }
    }

    private void row(String name, SwapLoad load, long[] written, long refused) {
        long[] lags = IntStream.rangeClosed(1, lastGood())
                .filter(id -> !isBad(id))
                .mapToLong(id -> load.firstSince(id) - written[id])
                .sorted()
                .toArray();
        long overtaken = IntStream.rangeClosed(1, lastGood())
                .filter(id -> !isBad(id) && load.first(id) == 0)
                .count();
        good &= load.failed() == 0 && load.mixed() == 0;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %,d | **%d** | **%d** | %.0f (%.0f to %.0f); %d never answered, for a later one came first |%n",
                name,
                swaps,
                refused,
                load.answers(),
                load.failed(),
                load.mixed(),
                lags[lags.length / 2] / 1e6,
                lags[0] / 1e6,
                lags[lags.length - 1] / 1e6,
                overtaken);
    }
}
