package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import multicloud.gateway.auth.Forgeries;
import multicloud.gateway.auth.PublicKeyForgeries;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.Test;

/**
 * Random documents with every kind of authorizer, random requests with good, forged and misplaced tokens: what reaches an upstream
 * of a path with {@code auth} has a token that the path's own authorizer must accept, told by how the token was made.
 */
class NobodyComesInTest {
    private static final long NOW = 1_800_000_000;
    private static final int DOCUMENTS = 80;
    private static final int REQUESTS = 80;
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "OPTIONS", "PUT");
    private static final List<String> PATHS = List.of(
            "/a",
            "/a/",
            "/b",
            "/b/x",
            "/c/1/2",
            "/%61",
            "/a/../b",
            "//a",
            "/a%2fb",
            "/b/%2e%2e/a",
            "/A",
            "/c",
            "/c//1");

    private static final List<String> PLACES = List.of("authorization", "cookie", "x-token", "proxy-authorization");

    private final Random random = new Random(20_261_125);
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<Token> tokens = tokens();
    private int calls;

    /** A way to get in: which authorizers must accept it, and with which scopes. */
    private record Token(String text, List<String> goodFor, List<String> scopes) {}

    /** An authorizer of a document: which of the tokens it takes, and where it looks for them. */
    private record Kind(String name, String json, String place) {}

    private static final SigningKey RSA = SigningKey.of("r1", "RS256");
    private static final SigningKey EC = SigningKey.of("e1", "ES256");

    private static List<Kind> kinds() {
        String claims = "\"issuer\":\"https://issuer.test\",\"audience\":\"shop\"";
        return List.of(
                new Kind(
                        "secret",
                        "\"type\":\"jwt\"," + claims + ",\"algorithm\":\"HS256\",\"secret\":\"" + Tokens.SECRET + "\"",
                        "authorization"),
                new Kind(
                        "rsa",
                        "\"type\":\"jwt\"," + claims + ",\"algorithm\":\"RS256\",\"jwks\":" + PublicKeyForgeries.jwks(),
                        "authorization"),
                new Kind(
                        "cookie",
                        "\"type\":\"jwt\"," + claims + ",\"algorithm\":\"ES256\",\"token_cookie\":\"s\",\"jwks\":"
                                + PublicKeyForgeries.jwks(),
                        "cookie"),
                new Kind(
                        "header",
                        "\"type\":\"jwt\"," + claims
                                + ",\"algorithm\":\"HS256\",\"token_header\":\"x-token\",\"secret\":\"" + Tokens.SECRET
                                + "\"",
                        "x-token"),
                new Kind(
                        "down",
                        "\"type\":\"jwt\"," + claims
                                + ",\"algorithms\":[\"RS256\",\"ES256\"],\"jwks_uri\":\"http://127.0.0.1:9/keys\"",
                        "authorization"),
                new Kind(
                        "supabase",
                        "\"type\":\"supabase\"," + claims + ",\"jwt_secret\":\"" + Tokens.SECRET + "\"",
                        "authorization"),
                new Kind(
                        "auth0",
                        "\"type\":\"auth0\",\"domain\":\"issuer.test\",\"client_id\":\"shop\",\"client_secret\":\"s\",\"redirect_uri\":\"https://a.test\",\"scope\":\"openid\",\"jwks\":"
                                + PublicKeyForgeries.jwks(),
                        "authorization"),
                new Kind(
                        "api_key",
                        "\"type\":\"api_key\",\"header\":\"x-token\",\"keys\":[{\"id\":\"u1\",\"sha256\":\""
                                + sha256("a key") + "\",\"scopes\":[\"orders:read\"]}]",
                        "x-token"),
                new Kind(
                        "iam",
                        "\"type\":\"iam\",\"principals\":[\"arn:aws:iam::123456789012:role/*\"]",
                        "authorization"));
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (Map.Entry<String, String> forged :
                Forgeries.byName("http://127.0.0.1:9/keys").entrySet()) {
            String name = forged.getKey();
            tokens.add(new Token(forged.getValue(), goodFor(name), scopes(name)));
        }
        String slash = "{\"iss\":\"https://issuer.test/\",\"aud\":\"shop\",\"exp\":" + (NOW + 60) + "}";
        tokens.add(new Token(RSA.token(slash), List.of("auth0"), List.of()));
        tokens.add(new Token(EC.token(slash), List.of(), List.of()));
        tokens.add(new Token("a key", List.of("api_key"), List.of("orders:read")));
        tokens.add(new Token("another key", List.of(), List.of()));
        tokens.add(new Token(sha256("a key"), List.of(), List.of()));
        tokens.add(new Token("", List.of(), List.of()));
        return tokens;
    }

    /** Tokens that are made to be good are told by their names alone; every other is a forgery. */
    private static List<String> goodFor(String name) {
        return switch (name) {
            case "good",
                    "nobody",
                    "reader",
                    "writer",
                    "writer by a list",
                    "prefix of a scope",
                    "tenant a",
                    "tenants b and c",
                    "tenant x",
                    "tenant a,b as one text",
                    "tenant a of another org",
                    "line breaks in sub",
                    "NUL in sub",
                    "half a character in sub",
                    "sub that is an object",
                    "sub with references",
                    "kid, well signed" -> List.of("secret", "header", "supabase");
            case "public: good RS256" -> List.of("rsa");
            case "public: good ES256" -> List.of("cookie");
            default -> List.of();
        };
    }

    private static List<String> scopes(String name) {
        return switch (name) {
            case "reader" -> List.of("orders:read");
            case "writer", "writer by a list" -> List.of("orders:read", "orders:write");
            default -> List.of();
        };
    }

    /** Answers every call, and counts it. */
    private final class Upstream implements Transport {
        @Override
        public Outcome send(Call call) {
            if (call.origin().port() == 9) {
                throw new AssertionError("an issuer that is down");
            }
            calls++;
            return new Outcome.Answered(new Response(200, Headers.empty(), Body.of("up".getBytes(UTF_8))));
        }

        @Override
        public void closeIdle() {}

        @Override
        public void close() {}
    }

    private String document(List<String> chosen) {
        StringBuilder document =
                new StringBuilder("{\"servers\":[{\"alias\":\"s\",\"url\":\"https://up.test\"}],\"authorizers\":[");
        String separator = "";
        for (Kind kind : kinds()) {
            document.append(separator)
                    .append("{\"alias\":\"")
                    .append(kind.name())
                    .append("\",")
                    .append(kind.json())
                    .append('}');
            separator = ",";
        }
        document.append("],\"auth\":").append(auth(chosen)).append(",\"paths\":[");
        List<String> patterns = List.of("/a", "/b/{.+}", "/{x}", "/c/{y}/{z}", "/b/x");
        separator = "";
        for (String pattern : patterns) {
            document.append(separator)
                    .append("{\"method\":\"")
                    .append(random.nextBoolean() ? "ANY" : METHODS.get(random.nextInt(METHODS.size())))
                    .append("\",\"path\":\"")
                    .append(pattern)
                    .append("\",\"integration\":{\"type\":\"http\",\"server\":\"s\"}");
            if (random.nextInt(4) > 0) {
                document.append(",\"auth\":").append(auth(chosen));
            }
            document.append('}');
            separator = ",";
        }
        return document.append("]}").toString();
    }

    private String auth(List<String> chosen) {
        int kind = random.nextInt(6);
        if (kind == 0) {
            return random.nextBoolean() ? "false" : "null";
        }
        String alias = chosen.get(random.nextInt(chosen.size()));
        String scopes = random.nextInt(3) == 0 ? ",\"scopes\":[\"orders:read\"]" : "";
        return "{\"authorizer\":\"" + alias + "\"" + scopes + "}";
    }

    @Test
    void noRequestReachesAnUpstreamWithoutAnIdentityThatItsPathAccepts() throws IOException {
        List<String> names = kinds().stream().map(Kind::name).toList();
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = document(names);
            if (!(ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)
                    instanceof Reading.Accepted(GatewayConfig config, var problems))) {
                throw new AssertionError(ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED));
            }
            Gateway gateway = Gateway.compile(config, "v1", Lasting.with(new Upstream(), clock));
            for (int j = 0; j < REQUESTS; j++) {
                ask(gateway, document);
            }
        }
        assertThat(seen).containsKeys("open", "let in", "refused", "let in by secret", "let in by rsa");
        assertThat(seen).containsKeys("let in by cookie", "let in by header", "let in by supabase", "let in by auth0");
        assertThat(seen).containsKey("let in by api_key");
        assertThat(seen).doesNotContainKeys("let in by down", "let in by iam");
    }

    private void ask(Gateway gateway, String document) throws IOException {
        Kind kind = kinds().get(random.nextInt(kinds().size()));
        List<Token> good = tokens.stream()
                .filter(each -> each.goodFor().contains(kind.name()))
                .toList();
        Token token = good.isEmpty() || random.nextBoolean()
                ? tokens.get(random.nextInt(tokens.size()))
                : good.get(random.nextInt(good.size()));
        String place = random.nextInt(3) > 0 ? kind.place() : PLACES.get(random.nextInt(PLACES.size()));
        String value = switch (place) {
            case "cookie" -> "s=" + token.text();
            case "authorization" -> "Bearer " + token.text();
            default -> token.text();
        };
        String method = METHODS.get(random.nextInt(METHODS.size()));
        Exchange exchange = Exchanges.exchange(
                method,
                PATHS.get(random.nextInt(PATHS.size())),
                Body.absent(),
                place,
                value,
                "X-Original-URL",
                "/c/1/2");
        int before = calls;
        Response response = gateway.handle(exchange);
        response.body().close();
        if (calls == before) {
            count(response.status() == 401 || response.status() == 403 ? "refused" : "answered " + response.status());
            return;
        }
        check(document, exchange, token, place);
    }

    /** The document is asked again, by hand, what the path that was taken demands. */
    private void check(String document, Exchange exchange, Token token, String place) throws IOException {
        var config = ((Reading.Accepted) ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)).config();
        var taken = config.paths().stream()
                .filter(path ->
                        path.route().pattern().text().equals(exchange.notes().route()))
                .toList();
        assertThat(taken).hasSize(1);
        var auth = taken.getFirst().policies().access().auth();
        if (auth == null) {
            count("open");
            return;
        }
        String as = document + "\n" + exchange.request().method() + " "
                + exchange.request().target() + " in " + place;
        Kind kind = kinds().stream()
                .filter(each -> each.name().equals(auth.authorizer()))
                .findFirst()
                .orElseThrow();
        assertThat(token.goodFor()).as(as).contains(kind.name());
        assertThat(place).as(as).isEqualTo(kind.place());
        assertThat(token.scopes()).as(as).containsAll(auth.scopes());
        count("let in");
        count("let in by " + kind.name());
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
