package multicloud.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.KeyConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.TokenPlace;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Caller;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample document is good, every path of it does what it says, and lets in whom it says. */
class SamplesTest {
    private static final Path FOLDER = Path.of("samplesconfig");
    private static final String UPSTREAM =
            "HTTP/1.1 200 OK\r\nServer: up\r\nAccess-Control-Allow-Origin: https://upstream.example\r\nContent-Length: 8\r\n\r\nupstream";

    private static final String REPORTER = "arn:aws:iam::123456789012:user/reporter";

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    private static Sample sample(String name) throws IOException {
        return Sample.of(FOLDER.resolve(name), UPSTREAM);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPathAnswersAsItSays(Path file) throws IOException {
        try (Sample sample = Sample.of(file, UPSTREAM)) {
            for (PathConfig path : sample.config().paths()) {
                assertAnswers(sample, path);
                if (path.policies().access().auth() != null) {
                    assertThat(sample.ask(Sample.exchangeFor(path, Headers.empty()))
                                    .status())
                            .isEqualTo(401);
                }
            }
        }
    }

    private static void assertAnswers(Sample sample, PathConfig path) throws IOException {
        AuthConfig auth = path.policies().access().auth();
        Exchange exchange = auth == null ? Sample.exchangeFor(path, Headers.empty()) : exchangeOf(auth, path, sample);
        Sample.Answer answer = sample.ask(exchange);
        boolean head = exchange.request().method().equals("HEAD");
        assertThat(exchange.notes().route()).isEqualTo(path.route().pattern().text());
        switch (path.integration()) {
            case HttpProxy proxy -> {
                assertThat(exchange.notes().server()).isEqualTo(proxy.server());
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(head ? "" : "upstream");
            }
            case SupabaseStep step -> assertThat(answer.status()).isEqualTo(400);
            case LoginStep step ->
                assertThat(answer.status())
                        .isEqualTo(
                                switch (step.step()) {
                                    case LOGIN -> 302;
                                    case CALLBACK -> 403;
                                    case USERINFO -> 401;
                                    case REFRESH -> 400;
                                });
            case StaticAnswer fixed -> {
                assertThat(answer.status()).isEqualTo(fixed.status());
                assertThat(answer.body()).isEqualTo(head || fixed.json() == null ? "" : fixed.json());
            }
        }
    }

    /** An exchange of somebody who has what the path demands; of the keys with the first. */
    private static Exchange exchangeOf(AuthConfig auth, PathConfig path, Sample sample) {
        return switch (authorizer(auth.authorizer(), sample)) {
            case AuthorizerConfig.ApiKey keys ->
                Sample.exchangeFor(
                        path,
                        Headers.of(
                                keys.header(),
                                "the key of " + keys.keys().getFirst().id()));
            case AuthorizerConfig.Iam callers -> signed(Sample.exchangeFor(path, Headers.empty()), REPORTER);
            case AuthorizerConfig.Jwt jwt
            when jwt.place() instanceof TokenPlace.Cookie(String name) ->
                Sample.exchangeFor(path, Headers.of("cookie", name + "=" + token(auth, sample)));
            case AuthorizerConfig.Jwt jwt -> Sample.exchangeFor(path, bearer(token(auth, sample)));
            case AuthorizerConfig.Login login -> Sample.exchangeFor(path, bearer(token(auth, sample)));
            case AuthorizerConfig.Supabase supabase -> Sample.exchangeFor(path, bearer(token(auth, sample)));
        };
    }

    private static Exchange signed(Exchange exchange, String arn) {
        Client client = exchange.client();
        Caller caller = new Caller(arn, "123456789012", null, null, "o-a1b2c3d4e5");
        return exchange.withClient(new Client(client.ip(), client.scheme(), client.host(), client.port(), caller));
    }

    private static AuthorizerConfig authorizer(String alias, Sample sample) {
        return sample.config().authorizers().stream()
                .filter(authorizer -> authorizer.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** A token that has what the path demands. */
    private static String token(AuthConfig auth, Sample sample) {
        StringBuilder claims = new StringBuilder("\"scope\":\"" + String.join(" ", auth.scopes()) + "\"");
        auth.claims()
                .forEach((name, values) -> claims.append(",\"")
                        .append(name)
                        .append("\":\"")
                        .append(values.getFirst())
                        .append('"'));
        return token(auth.authorizer(), claims.toString(), sample);
    }

    private static String token(String alias, String claims, Sample sample) {
        return switch (authorizer(alias, sample)) {
            case AuthorizerConfig.ApiKey keys -> throw new AssertionError("a key is no token");
            case AuthorizerConfig.Iam callers -> throw new AssertionError("a caller has no token");
            case AuthorizerConfig.Jwt jwt -> token(jwt, claims);
            case AuthorizerConfig.Login login -> token(login.token(), claims);
            case AuthorizerConfig.Supabase supabase -> token(supabase.token(), claims);
        };
    }

    private static String token(AuthorizerConfig.Jwt jwt, String more) {
        String claims = "{\"iss\":\"" + jwt.expected().issuer() + "\",\"aud\":\""
                + jwt.expected().audiences().getLast() + "\",\"exp\":4102444800," + more + "}";
        return jwt.keys() instanceof KeyConfig.Shared(var secret)
                ? Tokens.hs256(Tokens.HS256, claims, secret.reveal())
                : Sample.ISSUER_KEY.token(claims);
    }

    private static Headers bearer(String token) {
        return Headers.of("authorization", "Bearer " + token);
    }

    private static List<String> fields(Peer.Received request, String name) {
        return request.head()
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    @Test
    void theMappingSampleSetsAndRemovesWhatItSays() throws IOException {
        try (Sample sample = sample("mapping.json")) {
            Sample.Answer answer = sample.ask(Exchanges.get(
                    "/orders/4%207?locale=de&page=2", "x-gateway", "forged", "X_Debug", "1", "x-other", "kept"));
            Peer.Received orders = sample.upstream().requests().getFirst();
            assertThat(orders.line()).isEqualTo("GET /orders/4%207?page=2&call=id-1 HTTP/1.1");
            assertThat(fields(orders, "x-gateway")).containsExactly("multicloud");
            assertThat(fields(orders, "x-stage")).containsExactly("live");
            assertThat(fields(orders, "x-order")).containsExactly("order 4 7 by GET");
            assertThat(fields(orders, "x-client")).containsExactly("203.0.113.9");
            assertThat(fields(orders, "x-locale")).containsExactly("de");
            assertThat(fields(orders, "x-price")).containsExactly("5 $");
            assertThat(fields(orders, "x-other")).containsExactly("kept");
            assertThat(orders.head()).doesNotContainIgnoringCase("debug");
            assertThat(answer.headers().contains("server")).isFalse();
            assertThat(answer.headers().all("cache-control")).containsExactly("private");

            sample.ask(Exchanges.get("/partner/a", "authorization", "Bearer own", "cookie", "a=1"));
            Peer.Received partner = sample.upstream().requests().getLast();
            assertThat(fields(partner, "authorization")).containsExactly("Bearer t0");
            assertThat(fields(partner, "x-stage")).containsExactly("test");
            assertThat(fields(partner, "cookie")).isEmpty();
        }
    }

    @Test
    void theKeySampleKnowsEveryKeyAndPassesNoneOn() throws IOException {
        try (Sample sample = sample("api-key.json")) {
            for (String key : List.of("the key of acme", "the next key of acme")) {
                assertThat(sample.ask(Exchanges.get("/orders/1", "x-api-key", key))
                                .status())
                        .isEqualTo(200);
                Peer.Received orders = sample.upstream().requests().getLast();
                assertThat(fields(orders, "x-user")).containsExactly("acme");
                assertThat(fields(orders, "x-tenant")).containsExactly("acme");
                assertThat(orders.head()).doesNotContain(key);
            }
            sample.ask(Exchanges.get("/catalogue", "x-api-key", "the key of acme"));
            assertThat(fields(sample.upstream().requests().getLast(), "x-api-key"))
                    .containsExactly("a-key");
            Exchange post = Exchanges.exchange("POST", "/orders", Body.absent(), "x-api-key", "the key of globex");
            assertThat(sample.ask(post).status()).isEqualTo(403);
            assertThat(sample.ask(Exchanges.get("/orders/1", "x-api-key", "the key of nobody"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void theCallerSampleLetsInWhomItNames() throws IOException {
        try (Sample sample = sample("iam.json")) {
            Exchange post = Exchanges.exchange("POST", "/reports", Body.absent(), "x-caller", "forged");
            String session = "arn:aws:sts::123456789012:assumed-role/batch-night/i-1";
            assertThat(sample.ask(signed(post, session)).status()).isEqualTo(200);
            Peer.Received reports = sample.upstream().requests().getLast();
            assertThat(fields(reports, "x-caller")).containsExactly(session);
            assertThat(fields(reports, "x-account")).containsExactly("123456789012");
            assertThat(sample.ask(signed(post, "arn:aws:sts::123456789012:assumed-role/other/i-1"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void theProxySampleBelievesTheProxyAndNobodyElse() throws IOException {
        try (Sample sample = sample("trusted-proxy.json")) {
            String[] viewer = {
                "x-origin-verify", "what-only-the-proxy-knows", "cloudfront-viewer-address", "198.51.100.10:46532",
                "x-forwarded-host", "shop.example.com", "cloudfront-forwarded-proto", "https"
            };
            assertThat(sample.ask(Exchanges.get("/cart", viewer)).status()).isEqualTo(200);
            Peer.Received shop = sample.upstream().requests().getFirst();
            assertThat(fields(shop, "x-viewer")).containsExactly("198.51.100.10");
            assertThat(fields(shop, "x-forwarded-for")).containsExactly("198.51.100.10");
            assertThat(fields(shop, "x-forwarded-host")).containsExactly("shop.example.com");
            assertThat(shop.head()).doesNotContain("what-only-the-proxy-knows");

            viewer[1] = "what-it-will-know-tomorrow";
            assertThat(sample.ask(Exchanges.get("/cart", viewer)).status()).isEqualTo(200);
            viewer[1] = "what somebody guesses";
            assertThat(sample.ask(Exchanges.get("/cart", viewer)).status()).isEqualTo(404);
        }
    }

    @Test
    void theCorsSamplePermitsWhatItSays() throws IOException {
        try (Sample sample = sample("cors.json")) {
            for (String origin :
                    List.of("https://app.example.com", "https://pr-7.preview.example.com", "http://localhost:5173")) {
                Sample.Answer permitted = sample.ask(preflight("/orders/1", "POST", origin));
                assertThat(permitted.status()).isEqualTo(204);
                assertThat(permitted.headers().first("access-control-allow-origin"))
                        .isEqualTo(origin);
                assertThat(permitted.headers().first("access-control-allow-methods"))
                        .isEqualTo("GET,POST");
                assertThat(permitted.headers().first("access-control-allow-credentials"))
                        .isEqualTo("true");
            }
            assertThat(sample.ask(preflight("/orders/1", "POST", "https://evil.example"))
                            .headers()
                            .contains("access-control-allow-origin"))
                    .isFalse();
            assertThat(sample.ask(preflight("/orders/1", "DELETE", "https://app.example.com"))
                            .status())
                    .isEqualTo(405);
            assertThat(origin(sample, "/status", "https://anybody.example")).isEqualTo("*");
            assertThat(sample.upstream().requests()).isEmpty();
            assertThat(origin(sample, "/orders/1", "https://app.example.com")).isEqualTo("https://app.example.com");
            assertThat(origin(sample, "/maps/1", "https://app.example.com")).isEqualTo("https://upstream.example");
        }
    }

    private static Exchange preflight(String target, String method, String origin) {
        return Exchanges.exchange(
                "OPTIONS", target, Body.absent(), "origin", origin, "access-control-request-method", method);
    }

    private static String origin(Sample sample, String target, String origin) throws IOException {
        return sample.ask(Exchanges.get(target, "origin", origin)).headers().first("access-control-allow-origin");
    }

    @Test
    void theJwtSampleLetsInWhomItSaysAndTellsTheUpstreamWhoItIs() throws IOException {
        try (Sample sample = sample("jwt.json")) {
            String claims = "\"sub\":\"u1\",\"org\":{\"id\":\"o1\"},\"roles\":[\"a\",\"b\"],\"scope\":\"orders:write\"";
            String token = "Bearer " + token("default", claims, sample);
            assertThat(sample.ask(Exchanges.get("/orders/7", "authorization", token, "x-user", "forged"))
                            .status())
                    .isEqualTo(200);
            Peer.Received request = sample.upstream().requests().getFirst();
            assertThat(fields(request, "x-user")).containsExactly("u1");
            assertThat(fields(request, "x-tenant")).containsExactly("o1");
            assertThat(fields(request, "x-roles")).containsExactly("a,b");
            assertThat(fields(request, "authorization")).isEmpty();

            Sample.Answer refused = sample.ask(Exchanges.get("/invoices/1", "authorization", token));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).contains("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
            String initech = token("partners", "\"scope\":\"invoices:read\",\"tenant\":\"initech\"", sample);
            Sample.Answer otherTenant = sample.ask(Exchanges.get("/invoices/1", "authorization", "Bearer " + initech));
            assertThat(otherTenant.status()).isEqualTo(403);
            assertThat(otherTenant.body()).contains("claim_mismatch");
            String reader = token("default", "\"scope\":\"orders:read\"", sample);
            Sample.Answer unscoped = sample.ask(
                    Exchanges.exchange("POST", "/orders", Body.absent(), "authorization", "Bearer " + reader));
            assertThat(unscoped.status()).isEqualTo(403);
            assertThat(unscoped.body()).contains("insufficient_scope");
            assertThat(sample.upstream().requests()).hasSize(1);
            assertThat(sample.ask(Exchanges.get("/health")).status()).isEqualTo(200);
        }
    }
}
