package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.config.Rule;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Stage;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.TargetStates;
import multicloud.gateway.upstream.WallClock;
import org.junit.jupiter.api.Test;

/**
 * Whatever document with residency is served, and whatever its targets do, no request of a path leaves for a target outside what the
 * path allows: random documents and random failures, the same at every run.
 */
class ResidencyPropertyTest {
    private static final int DOCUMENTS = 1_500;
    private static final int REQUESTS = 12;
    private static final List<String> PLACES = List.of("eu", "us", "uk");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");
    private static final String[] REGIONS = {
        "eu-west-1", "eu-west-1", "eu-west-1", "us-east-1", "eu-west-2", "moon-1", null
    };

    /** The jurisdiction a region of the gateway lies in. */
    private static final Map<String, String> WHERE = Map.of("eu-west-1", "eu", "us-east-1", "us", "eu-west-2", "uk");

    private enum Seen {
        REFUSED,
        OUTSIDE,
        WITHIN,
        SECOND_ATTEMPT,
        MIRRORED,
        CANCELLED,
        NO_TARGET,
        FREE
    }

    private final Map<Seen, Integer> seen = new EnumMap<>(Seen.class);

    /** A document with where its targets lie and what its paths allow. */
    private static final class Sample {
        final Random random;
        final Map<String, String> jurisdictions = new HashMap<>();
        final List<Set<String>> allowed = new ArrayList<>();
        final String document;

        Sample(long seed) {
            random = new Random(seed);
            int servers = 1 + random.nextInt(3);
            List<String> written = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                written.add(server(i, servers));
            }
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                paths.add(path(i, servers));
            }
            document = "{\"servers\": [%s], \"paths\": [%s]}"
                    .formatted(String.join(",\n", written), String.join(",\n", paths));
        }

        private String server(int number, int servers) {
            List<String> targets = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                String host = "t" + number + "-" + i + ".example";
                String place = random.nextInt(4) == 0 ? null : any(PLACES);
                jurisdictions.put(host, place);
                targets.add("{\"name\": \"t%d\", \"url\": \"http://%s\", \"priority\": %d, \"weight\": %d%s}"
                        .formatted(
                                i,
                                host,
                                random.nextInt(3),
                                1 + random.nextInt(3),
                                place == null ? "" : ", \"jurisdiction\": \"" + place + "\""));
            }
            StringBuilder server = new StringBuilder(
                    "{\"alias\": \"s%d\", \"targets\": [%s]".formatted(number, String.join(", ", targets)));
            server.append(random.nextBoolean() ? ", \"balance\": \"latency\"" : "");
            if (random.nextInt(4) > 0) {
                server.append(
                        ", \"retry\": {\"attempts\": %d, \"backoff\": \"0s\", \"budget\": 1, \"idempotency_key\": %b}"
                                .formatted(1 + random.nextInt(5), random.nextBoolean()));
            }
            server.append(random.nextBoolean() ? ", \"breaker\": {\"failures\": " + (1 + random.nextInt(2)) + "}" : "");
            server.append(random.nextBoolean() ? ", \"hedge\": {\"after\": \"1ms\"}" : "");
            if (servers > 1 && random.nextBoolean()) {
                server.append(", \"mirror\": {\"server\": \"s" + (number + 1) % servers + "\"}");
            }
            return server.append('}').toString();
        }

        private String path(int number, int servers) {
            Set<String> residency = new HashSet<>();
            for (String place : PLACES) {
                if (random.nextInt(3) == 0) {
                    residency.add(place);
                }
            }
            allowed.add(residency);
            return "{\"method\": \"ANY\", \"path\": \"/p%d\", \"integration\": {\"type\": \"http\", \"server\": \"s%d\"}%s}"
                    .formatted(
                            number,
                            random.nextInt(servers),
                            residency.isEmpty()
                                    ? ""
                                    : ", \"residency\": [\"" + String.join("\", \"", residency) + "\"]");
        }

        private String any(List<String> of) {
            return of.get(random.nextInt(of.size()));
        }
    }

    /** Where everything goes, and fails at random; some calls wait a moment, so that they are raced. */
    private static final class Anywhere implements Transport {
        final Queue<Call> calls = new ConcurrentLinkedQueue<>();
        private final Random random;
        private final CountDownLatch never = new CountDownLatch(1);

        Anywhere(long seed) {
            random = new Random(seed);
        }

        @Override
        public Outcome send(Call call) {
            calls.add(call);
            int choice;
            synchronized (random) {
                choice = random.nextInt(10);
            }
            return switch (choice) {
                case 0, 1, 2 -> answered(200);
                case 3 -> answered(503);
                case 4 -> failed(Stage.CONNECT, Failure.UPSTREAM_UNREACHABLE, false);
                case 5 -> failed(Stage.FIRST_BYTE, Failure.UPSTREAM_RESET, true);
                case 6 -> failed(Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT, true);
                default -> slowly();
            };
        }

        private Outcome slowly() {
            try {
                return never.await(5, TimeUnit.MILLISECONDS) ? answered(200) : answered(201);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failed(Stage.FIRST_BYTE, Failure.UPSTREAM_RESET, true);
            }
        }

        private static Outcome answered(int status) {
            return new Outcome.Answered(new Response(status, Headers.empty(), Body.absent()));
        }

        private static Outcome failed(Stage stage, Failure failure, boolean sent) {
            return new Outcome.Failed(stage, failure, sent, new IOException("as the test wants it"));
        }

        @Override
        public void closeIdle() {}

        @Override
        public void close() {}
    }

    @Test
    void noRequestEverLeavesItsJurisdictions() {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Sample sample = new Sample(seed);
            switch (ConfigReader.read(sample.document.getBytes(UTF_8), References.UNRESOLVED)) {
                case Reading.Accepted accepted -> serve(sample, accepted.config(), seed);
                case Reading.Refused refused -> {
                    assertThat(refused.problems())
                            .as(sample.document)
                            .anyMatch(problem -> problem.rule() == Rule.RESIDENCY);
                    count(Seen.REFUSED);
                }
            }
        }
        assertThat(seen)
                .containsOnlyKeys(Seen.values())
                .allSatisfy((what, times) -> assertThat(times).as(what.name()).isGreaterThan(20));
    }

    private void serve(Sample sample, GatewayConfig config, int seed) {
        Anywhere transport = new Anywhere(seed);
        WallClock clock = new WallClock();
        String region = REGIONS[sample.random.nextInt(REGIONS.length)];
        Lasting lasting = new Lasting(transport, new TargetStates(clock, new Chance(seed)), clock, region);
        Gateway gateway = Gateway.compile(config, "v", lasting);
        for (int i = 0; i < REQUESTS; i++) {
            int path = sample.random.nextInt(sample.allowed.size());
            clock.advance(Duration.ofMillis(sample.random.nextInt(8_000)));
            Exchange exchange = Exchanges.exchange(
                    sample.any(METHODS), "/p" + path, Body.of(new byte[] {1}), "idempotency-key", "k");
            int status = gateway.handle(exchange).status();
            exchange.aside().settle(Duration.ofMillis(50));
            check(sample, path, region, status, exchange, transport);
        }
    }

    private void check(Sample sample, int path, String region, int status, Exchange exchange, Anywhere transport) {
        Set<String> allowed = sample.allowed.get(path);
        List<Call> calls = List.copyOf(transport.calls);
        transport.calls.clear();
        if (allowed.isEmpty()) {
            count(Seen.FREE);
            return;
        }
        String here = region == null ? null : WHERE.get(region);
        if (here == null || !allowed.contains(here)) {
            assertThat(calls).as(sample.document).isEmpty();
            assertThat(status).isEqualTo(503);
            assertThat(exchange.notes().code()).isEqualTo("residency");
            count(Seen.OUTSIDE);
            return;
        }
        for (Call call : calls) {
            String host = call.origin().host();
            assertThat(sample.jurisdictions.get(host))
                    .as("%s of %s", host, sample.document)
                    .isIn(allowed);
        }
        Arrays.stream(Seen.values()).filter(what -> is(what, exchange)).forEach(this::count);
    }

    private static boolean is(Seen what, Exchange exchange) {
        return switch (what) {
            case WITHIN -> !exchange.notes().attempts().isEmpty();
            case SECOND_ATTEMPT -> exchange.notes().attempts().size() > 1;
            case MIRRORED -> exchange.notes().mirror() != null;
            case CANCELLED ->
                exchange.notes().attempts().stream()
                        .anyMatch(attempt -> attempt.outcome().equals("cancelled"));
            case NO_TARGET -> "no_target".equals(exchange.notes().code());
            case REFUSED, OUTSIDE, FREE -> false;
        };
    }

    private void count(Seen what) {
        seen.merge(what, 1, Integer::sum);
    }
}
