package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.cli.replay.LoggedRequest;
import multicloud.gateway.cli.replay.Replayer;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References.Kind;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Ask;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.ServerEdge;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.upstream.TargetStates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} says of random requests to random documents is what the server does with them. */
@Timeout(120)
class ExplainAgreesWithServingTest {
    private static final int DOCUMENTS = 250;
    private static final int ASKS = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));
    private static final String UPSTREAM = """
            HTTP/1.1 200 OK
            Content-Length: 2
            X-Up: 1
            Access-Control-Allow-Origin: https://up.example
            Access-Control-Max-Age: 1

            """.replace("\n", "\r\n");
    private static final Pattern UNKNOWN = Pattern.compile("\\$\\{?(request|config)\\.[a-z0-9.-]+}?");

    @TempDir
    private Path folder;

    private final AtomicReference<Gateway> gateway = new AtomicReference<>();
    private final BlockingQueue<String> log = new ArrayBlockingQueue<>(10);
    private final Map<String, Integer> seen = new TreeMap<>();

    /** One request: what was said of it, and what came of it. */
    private record Case(Ask ask, JsonNode said, Answer answer, JsonNode line, List<Peer.Received> received) {}

    @Test
    void whatIsExplainedHappens() throws Exception {
        Random random = new Random(20_261_101);
        AccessLog accessLog = new AccessLog((line, length) -> log.add(new String(line, 0, length, UTF_8)), CLOCK);
        try (RawUpstream upstream = RawUpstream.of(ExplainAgreesWithServingTest::answer);
                SocketTransport transport = SocketTransport.system(null);
                ServerEdge edge = new ServerEdge(exchange -> gateway.get().handle(exchange), accessLog::write)) {
            RandomDocument documents = new RandomDocument(random, upstream.port());
            RandomAsk asks = new RandomAsk(random);
            for (int i = 0; i < DOCUMENTS; i++) {
                ObjectNode document = documents.next();
                if (read(document) instanceof Reading.Accepted(GatewayConfig config, var problems)) {
                    gateway.set(
                            Gateway.compile(config, "v1", new Lasting(transport, TargetStates.system(), CLOCK, null)));
                    Path file = Files.writeString(folder.resolve("gateway.json"), document.toString());
                    for (int j = 0; j < ASKS; j++) {
                        compare(asks.next(document), document, file, edge, upstream);
                    }
                } else {
                    count("refused documents");
                }
            }
        }
        assertThat(seen.get("refused documents")).isLessThan(DOCUMENTS / 2);
        assertThat(seen.keySet())
                .contains("200", "204", "301", "400", "401", "404", "405", "501", "508", "upstream")
                .contains(
                        "concrete", "masked", "unknown", "removed", "cors", "preflight", "allow", "Same[]", "Unsure[]");
    }

    private static Reading read(JsonNode document) {
        return ConfigReader.read(
                document.toString().getBytes(UTF_8),
                (kind, name) -> kind == Kind.SECRET ? RandomDocument.TOKEN : RandomDocument.STAGE);
    }

    private static void answer(Peer peer) throws IOException {
        for (Peer.Received received = peer.request(); received != null; received = peer.request()) {
            peer.send(UPSTREAM + (received.line().startsWith("HEAD ") ? "" : "up"));
        }
    }

    private void compare(Ask ask, JsonNode document, Path file, ServerEdge edge, RawUpstream upstream)
            throws Exception {
        JsonNode said = explain(ask, file);
        int before = upstream.requests().size();
        Answer answer = edge.ask(ask);
        String logged = log.poll(10, TimeUnit.SECONDS);
        JsonNode line = JSON.readTree(logged);
        List<Peer.Received> received = upstream.requests();
        Case one = new Case(ask, said, answer, line, received.subList(before, received.size()));
        try {
            check(one);
            checkReplay(logged, document);
        } catch (AssertionError e) {
            throw new AssertionError(ask + "\n" + document.toPrettyString() + "\n" + said.toPrettyString(), e);
        }
    }

    private static JsonNode explain(Ask ask, Path file) throws IOException {
        List<Object> args = new ArrayList<>(
                List.of("explain", file, ask.method(), ask.target(), "--json", "-H", "host: " + Ask.HOST));
        for (String field : ask.fields()) {
            args.addAll(List.of("-H", field));
        }
        Cli.Said said = Cli.run(args.toArray());
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).doesNotContain(RandomDocument.TOKEN);
        return JSON.readTree(said.out());
    }

    private void check(Case one) throws IOException {
        checkCors(one);
        boolean served = one.said().path("matched").asBoolean()
                && !one.line().path("route").isNull();
        assertThat(one.line().path("route").asText(null))
                .isEqualTo(served ? one.said().at("/route/path").asText() : null);
        if (isRefusedByAuth(one)) {
            assertThat(one.answer().status()).isEqualTo(401);
            assertThat(one.received()).isEmpty();
            count("401");
        } else if (one.said().path("upstream").isNull()) {
            assertThat(one.received()).isEmpty();
            checkOwn(one);
        } else {
            assertThat(one.answer().status()).isEqualTo(200);
            assertThat(one.answer().field("x-up")).isEqualTo("1");
            checkAsked(one);
        }
    }

    /** The document that has answered would answer so again, as far as its log tells. */
    private void checkReplay(String logged, JsonNode document) {
        LoggedRequest request = LoggedRequest.read(logged);
        assertThat(request).as(logged).isNotNull();
        if (read(document) instanceof Reading.Accepted(GatewayConfig config, var problems)) {
            Replayer.Verdict verdict = new Replayer(config).replay(request);
            assertThat(verdict).isNotInstanceOf(Replayer.Verdict.Different.class);
            count(verdict.toString());
        }
    }

    /** Whether the sender is one whom the path does not let in; a request that goes in circles is stopped before. */
    private static boolean isRefusedByAuth(Case one) {
        String authorizer = one.said().at("/auth/authorizer").asText("");
        String field = authorizer.equals("default") ? RandomAsk.BY_DEFAULT : RandomAsk.BY_PARTNERS;
        return one.said().at("/auth/required").asBoolean()
                && !one.ask().fields().contains(field)
                && one.said().path("status").asInt() != 508;
    }

    private void checkCors(Case one) {
        Map<String, String> got = fields(one.answer().fields());
        got.keySet().removeIf(name -> !name.startsWith("access-control-"));
        JsonNode cors = one.said().path("cors");
        if (!cors.isNull()) {
            assertThat(got).isEqualTo(texts(cors.path("headers")));
            count(cors.path("origin").isNull() ? "cors for nobody" : "cors");
        } else if (one.received().isEmpty()) {
            assertThat(got).isEmpty();
        } else {
            assertThat(got).hasSize(2).containsEntry("access-control-allow-origin", "https://up.example");
        }
    }

    private void checkOwn(Case one) throws IOException {
        JsonNode response = one.said().path("response");
        int status = one.said().path("status").asInt();
        assertThat(one.answer().status())
                .isEqualTo(status)
                .isEqualTo(response.path("status").asInt());
        count(Integer.toString(status));
        count(one.said().at("/response/headers").has("allow") ? "allow" : "no allow");
        count(status == 204 && !texts(one.said().at("/cors/headers")).isEmpty() ? "preflight" : "no preflight");
        Map<String, String> got = fields(one.answer().fields());
        got.keySet().removeAll(List.of("date", "connection", "content-length", "keep-alive"));
        Map<String, String> told = texts(response.path("headers"));
        told.remove("content-length");
        told.values().removeIf(value -> value.contains("$request.jwt.none"));
        assertThat(got.keySet()).isEqualTo(told.keySet());
        told.forEach((name, value) -> assertAgrees(value, got.get(name)));
        String body =
                response.path("body").isNull() ? "" : response.path("body").toString();
        String made = body.replace("***", RandomDocument.TOKEN)
                .replace("$request.id", one.answer().field("x-request-id"));
        assertThat(one.answer().text()).isEqualTo(made);
    }

    private void checkAsked(Case one) {
        JsonNode upstream = one.said().path("upstream");
        JsonNode target = upstream.path("targets").path(0);
        assertThat(target.path("share").asDouble()).isEqualTo(1.0);
        assertThat(one.line().path("server").asText())
                .isEqualTo(upstream.path("server").asText());
        assertThat(one.line().at("/attempts/0/target").asText())
                .isEqualTo(target.path("name").asText());
        Peer.Received received = one.received().getFirst();
        String[] line = received.line().split(" ");
        assertThat(line[0]).isEqualTo(upstream.path("method").asText());
        String asked = target.path("url").asText().replaceFirst("^http://127\\.0\\.0\\.1:\\d+", "");
        assertAgrees(withoutAbsentClaim(asked), line[1]);
        count("upstream");
        Map<String, String> sent = fields(received.head().lines().skip(1).toList());
        texts(upstream.at("/headers/set")).forEach((name, value) -> {
            String got = sent.remove(name.toLowerCase(Locale.ROOT));
            if (got != null || !value.contains("$request.jwt.none")) {
                assertAgrees(value, got);
            }
            assertThat(spelt(name, sent)).isEmpty();
        });
        upstream.at("/headers/removed").forEach(name -> {
            assertThat(spelt(name.asText(), sent)).isEmpty();
            count("removed");
        });
    }

    /** The target without the parameters whose claim no token has, which is not known beforehand. */
    private static String withoutAbsentClaim(String target) {
        String left = target.replaceAll("(?<=[?&])[^?&]*=[^&]*\\$request\\.jwt\\.none&?", "");
        return left.equals(target) ? target : left.replaceFirst("[?&]$", "");
    }

    private static List<String> spelt(String name, Map<String, String> sent) {
        String spelling = name.toLowerCase(Locale.ROOT);
        return sent.keySet().stream()
                .filter(field -> field.replace('_', '-').equals(spelling))
                .toList();
    }

    /** Whether a text is what was said it would be, where that was known. */
    private void assertAgrees(String told, String got) {
        StringBuilder expected = new StringBuilder();
        Matcher unknown = UNKNOWN.matcher(told);
        int from = 0;
        while (unknown.find()) {
            expected.append(Pattern.quote(known(told.substring(from, unknown.start()))))
                    .append(".*");
            from = unknown.end();
        }
        expected.append(Pattern.quote(known(told.substring(from))));
        assertThat(got).matches(expected.toString());
        count(from > 0 ? "unknown" : told.contains("***") ? "masked" : "concrete");
    }

    private static String known(String text) {
        return text.replace("***", RandomDocument.TOKEN).replace("$env.STAGE", RandomDocument.STAGE);
    }

    /** Fields by name in lower case, those that come twice joined. */
    private static Map<String, String> fields(List<String> lines) {
        Map<String, String> fields = new TreeMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = new String(line.substring(colon + 1).strip().getBytes(ISO_8859_1), UTF_8);
                fields.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b);
            }
        }
        return fields;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
