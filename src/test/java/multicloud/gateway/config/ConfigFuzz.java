package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Problem.Severity;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Query;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.TargetStates;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever bytes stand for a document: it has problems, in order and within the document, or it is strict JSON, compiles, and
 * answers requests to all of its paths without a bug.
 */
public final class ConfigFuzz {
    private static final long NOW = 1_800_000_000;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(NOW));
    private static final String RESOLVED = "https://resolved.test/a-value-of-more-than-32-bytes";
    private static final int MOST_PATHS = 8;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigFuzz() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        read(input, References.UNRESOLVED);
        if (read(input, (kind, name) -> RESOLVED) instanceof Reading.Accepted accepted) {
            assertThat(isStrictJson(input)).isTrue();
            GatewayConfig config = accepted.config();
            Gateway gateway =
                    Gateway.compile(config, "v1", new Lasting(new Recorder(), TargetStates.system(), CLOCK, null));
            config.paths().stream().limit(MOST_PATHS).forEach(path -> askAll(gateway, config, path));
        }
    }

    /** What the reader makes of a document, its problems checked. */
    static Reading read(byte[] document, References references) {
        Reading reading = ConfigReader.read(document, references);
        List<Problem> problems = reading.problems();
        boolean refused = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        assertThat(refused).isEqualTo(reading instanceof Reading.Refused);
        int line = 1;
        int column = 1;
        for (Problem problem : problems) {
            assertThat(problem.line()).isBetween(line, document.length + 1);
            assertThat(problem.column()).isBetween(problem.line() == line ? column : 1, document.length + 1);
            assertThat(problem.toString().lines()).hasSize(1);
            line = problem.line();
            column = problem.column();
        }
        return reading;
    }

    private static boolean isStrictJson(byte[] document) {
        try {
            STRICT.readTree(document);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void askAll(Gateway gateway, GatewayConfig config, PathConfig path) {
        RouteConfig route = path.route();
        String method = route.any() ? "PATCH" : route.methods().getFirst();
        Headers.Builder fields = fields(route.match());
        ask(gateway, method, route, fields.build());
        fields.add("origin", "https://app.example.com");
        for (AuthorizerConfig authorizer : config.authorizers()) {
            ask(gateway, method, route, shown(authorizer, fields).build());
        }
        ask(
                gateway,
                "OPTIONS",
                route,
                fields.add("access-control-request-method", method).build());
    }

    private static Headers.Builder fields(MatchConfig match) {
        Headers.Builder fields = Headers.builder();
        match.headers().forEach(fields::add);
        return fields;
    }

    private static Headers.Builder shown(AuthorizerConfig authorizer, Headers.Builder fields) {
        return switch (authorizer) {
            case AuthorizerConfig.Iam callers -> fields;
            case AuthorizerConfig.ApiKey keys -> fields.set(keys.header(), "key");
            case AuthorizerConfig.Login login -> shown(login.token(), fields);
            case AuthorizerConfig.Supabase supabase -> shown(supabase.token(), fields);
            case AuthorizerConfig.Jwt jwt -> {
                String claims = STRICT.writeValueAsString(Map.of(
                        "iss",
                        jwt.expected().issuer(),
                        "aud",
                        jwt.expected().audiences(),
                        "sub",
                        "u1",
                        "exp",
                        NOW + 60));
                String secret = jwt.keys() instanceof KeyConfig.Shared(var shared) ? shared.reveal() : Tokens.SECRET;
                String token = Tokens.hs256(Tokens.HS256, claims, secret);
                yield fields.set("authorization", "Bearer " + token);
            }
        };
    }

    private static void ask(Gateway gateway, String method, RouteConfig route, Headers fields) {
        String host = route.match().hosts().stream().findFirst().orElse("api.example.com");
        StringBuilder query = new StringBuilder();
        route.match().query().forEach((name, value) -> Query.append(query, name, value));
        RequestTarget target = new RequestTarget(path(route.pattern()), query.isEmpty() ? null : query.toString());
        Exchange exchange = Exchange.begin(
                new Request(method, target, fields, Body.absent()),
                "id-1",
                new Client("203.0.113.9", "https", host, 443),
                Deadline.after(Duration.ofSeconds(20), Ticker.SYSTEM));
        Response response = gateway.handle(exchange);
        assertThat(exchange.notes().fault()).isNull();
        assertThat(response.status()).isBetween(200, 599);
        checkFields(response.headers());
    }

    /** A path that the pattern takes. */
    private static String path(PathPattern pattern) {
        StringBuilder path = new StringBuilder();
        for (PathPattern.Segment segment : pattern.segments()) {
            path.append('/');
            switch (segment) {
                case Literal(String text) -> {
                    for (byte b : text.getBytes(UTF_8)) {
                        path.append('%').append(HexFormat.of().toHexDigits(b));
                    }
                }
                case Parameter parameter -> path.append("a%20b");
                case Wildcard rest -> path.append("c/d");
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static void checkFields(Headers headers) {
        headers.forEach((name, value) -> {
            assertThat(name).matches(Grammar::isToken);
            assertThat(value)
                    .matches(FieldText::isValue)
                    .matches(text -> ISO_8859_1.newEncoder().canEncode(text));
        });
    }

    /** Sees to it that whatever is sent means one thing, and answers. */
    private static final class Recorder implements Transport {
        @Override
        public Outcome send(Call call) {
            Request request = call.request();
            try {
                assertThat(RequestPath.parse(request.target().path()).raw()).startsWith("/");
            } catch (AmbiguousPath e) {
                throw new AssertionError(request.target().path(), e);
            }
            checkFields(request.headers());
            List<String> owned = new ArrayList<>(request.headers().all("host"));
            owned.addAll(request.headers().all("content-length"));
            owned.addAll(request.headers().all("connection"));
            assertThat(owned).isEmpty();
            if (request.headers().contains("x-forwarded-for")) {
                assertThat(request.headers().all("x-request-id")).containsExactly("id-1");
                assertThat(request.headers().all("x-forwarded-for")).containsExactly("203.0.113.9");
            } else {
                assertIsOwn(request.headers());
            }
            Headers headers = Headers.of("vary", "accept", "access-control-allow-origin", "*");
            return new Outcome.Answered(new Response(200, headers, Body.of("ok".getBytes(UTF_8))));
        }

        /** What the gateway asks an issuer has nothing of a client's fields but, for the issuer itself, a token. */
        private static void assertIsOwn(Headers headers) {
            headers.forEach(
                    (name, value) -> assertThat(name).isIn("accept", "content-type", "authorization", "apikey"));
        }

        @Override
        public void closeIdle() {}

        @Override
        public void close() {}
    }
}
