package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Query;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.Issuer;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins from beginning to end: with an OpenID provider that is somebody else's, and with a stand-in for Auth0. */
@Timeout(60)
class LoginTest {
    private static final SigningKey KEY = SigningKey.of("k1", "RS256");

    private final AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    private final SocketTransport transport = SocketTransport.system(null);
    private Issuer issuer;

    /** A response with its body read. */
    private record Answer(int status, Headers headers, String body) {}

    @BeforeEach
    void open() throws IOException {
        issuer = new Issuer().publishes(KEY);
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        issuer.close();
    }

    private Gateway gateway(String authorizer, String kind, String login) {
        String document = """
                {"authorizer": %1$s, "paths": [
                {"method": "GET", "path": "/login", "integration": {"type": "%2$s_%3$s"}},
                {"method": "GET", "path": "/callback", "integration": {"type": "%2$s_callback"}},
                {"method": "GET", "path": "/userinfo", "integration": {"type": "%2$s_userinfo"}},
                {"method": "POST", "path": "/refresh", "integration": {"type": "%2$s_refresh"}},
                {"method": "GET", "path": "/me", "auth": true, "response": "in"}]}""".formatted(authorizer, kind, login);
        return switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted ->
                Gateway.compile(
                        accepted.config(), "v1", Lasting.with(transport, () -> Instant.ofEpochSecond(seconds.get())));
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private Gateway auth0(String more) {
        return gateway("""
                {"type": "auth0", "domain": "%1$s", "client_id": "app", "client_secret": "s3cr+t&",
                 "redirect_uri": "https://api.example.com/callback?a=b&c", "jwks_uri": "%1$s/keys",
                 "scope": "openid profile", "audience": "api" %2$s}""".formatted(issuer.url(""), more), "auth0", "callback_redirect");
    }

    private static Answer ask(Gateway gateway, String method, String target, String body, String... headers)
            throws IOException {
        Body content = body == null ? Body.absent() : Body.of(body.getBytes(UTF_8));
        Response response = gateway.handle(Exchanges.exchange(method, target, content, headers));
        return new Answer(
                response.status(),
                response.headers(),
                new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8));
    }

    private static Answer get(Gateway gateway, String target, String... headers) throws IOException {
        return ask(gateway, "GET", target, null, headers);
    }

    private static String cookie(Answer answer) {
        return answer.headers().first("set-cookie").split(";")[0];
    }

    private static String parameter(String location, String name) {
        return Query.first(URI.create(location).getRawQuery(), name);
    }

    private String idToken(String nonce) {
        return KEY.token("{\"iss\":\"" + issuer.url("/") + "\",\"aud\":\"app\",\"sub\":\"u1\",\"exp\":"
                + (seconds.get() + 60) + (nonce == null ? "" : ",\"nonce\":\"" + nonce + "\"") + "}");
    }

    private void tokens(String idToken) {
        issuer.says(
                "/oauth/token",
                "{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"expires_in\":60,\"token_type\":\"Bearer\",\"id_token\":\""
                        + idToken + "\"}");
    }

    private Peer.Received lastRequest() {
        return issuer.server().requests().reversed().stream()
                .filter(request -> !request.line().contains(" /keys "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWholeLoginWithAnotherProvidersServer() throws Exception {
        MockOAuth2Server server = new MockOAuth2Server();
        server.start();
        try {
            Gateway gateway = gateway("""
                    {"type": "oidc", "issuer": "%s", "client_id": "app", "client_secret": "s",
                     "redirect_uri": "http://localhost:1/callback", "scope": "openid"}""".formatted(server.issuerUrl("default")), "oidc", "login");
            Answer begun = get(gateway, "/login");
            assertThat(begun.status()).isEqualTo(302);
            HttpResponse<Void> atProvider = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(begun.headers().first("location")))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            String back = atProvider.headers().firstValue("location").orElseThrow();
            Answer ended = get(gateway, "/callback?" + URI.create(back).getRawQuery(), "cookie", cookie(begun));
            assertThat(ended.status()).as(ended.body()).isEqualTo(200);
            String idToken = ended.body().split("\"id_token\"\\s*:\\s*\"")[1].split("\"")[0];
            seconds.addAndGet(30);
            assertThat(get(gateway, "/me", "authorization", "Bearer " + idToken).status())
                    .isEqualTo(200);
            String accessToken =
                    ended.body().split("\"access_token\"\\s*:\\s*\"")[1].split("\"")[0];
            assertThat(get(gateway, "/userinfo", "authorization", "Bearer " + accessToken)
                            .body())
                    .contains("\"sub\"");
        } finally {
            server.shutdown();
        }
    }

    @Test
    void aBrowserIsSentToAuth0WithAllThatBindsTheLoginToIt() throws IOException {
        Answer answer = get(auth0(""), "/login?state=of-the-client");
        String location = answer.headers().first("location");
        assertThat(location).startsWith(issuer.url("/authorize?"));
        assertThat(parameter(location, "response_type")).isEqualTo("code");
        assertThat(parameter(location, "client_id")).isEqualTo("app");
        assertThat(parameter(location, "redirect_uri")).isEqualTo("https://api.example.com/callback?a=b&c");
        assertThat(parameter(location, "scope")).isEqualTo("openid profile");
        assertThat(parameter(location, "audience")).isEqualTo("api");
        assertThat(parameter(location, "state")).hasSizeGreaterThan(30).isNotEqualTo("of-the-client");
        assertThat(parameter(location, "nonce")).hasSizeGreaterThan(40);
        assertThat(parameter(location, "code_challenge")).hasSize(43);
        assertThat(parameter(location, "code_challenge_method")).isEqualTo("S256");
        assertThat(location).doesNotContain("s3cr");
        assertThat(answer.headers().first("set-cookie"))
                .startsWith("__Host-gateway-login=")
                .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");
        assertThat(answer.headers().first("cache-control")).isEqualTo("no-store");
        assertThat(issuer.asked("/oauth/token")).isZero();
    }

    @Test
    void aCodeIsExchangedAndTheTokensAreTheAnswer() throws IOException {
        Gateway gateway = auth0("");
        Answer begun = get(gateway, "/login");
        String location = begun.headers().first("location");
        tokens(idToken(parameter(location, "nonce")));
        Answer ended =
                get(gateway, "/callback?code=c%2B1&state=" + parameter(location, "state"), "cookie", cookie(begun));
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(ended.body()).contains("\"refresh_token\":\"rt\"");
        assertThat(ended.headers().first("set-cookie"))
                .startsWith("__Host-gateway-login=; ")
                .contains("Max-Age=0");
        Peer.Received exchange = lastRequest();
        assertThat(exchange.line()).isEqualTo("POST /oauth/token HTTP/1.1");
        String form = new String(exchange.body(), UTF_8);
        assertThat(Query.first(form, "grant_type")).isEqualTo("authorization_code");
        assertThat(Query.first(form, "code")).isEqualTo("c+1");
        assertThat(Query.first(form, "client_secret")).isEqualTo("s3cr+t&");
        assertThat(Query.first(form, "redirect_uri")).isEqualTo("https://api.example.com/callback?a=b&c");
        assertThat(Query.first(form, "code_verifier")).hasSize(43);
    }

    @Test
    void aLoginEndsInTheBrowserThatBeganItAlone() throws IOException {
        Gateway gateway = auth0("");
        Answer begun = get(gateway, "/login");
        Answer other = get(gateway, "/login");
        String state = parameter(begun.headers().first("location"), "state");
        String good = cookie(begun);
        tokens(idToken(parameter(begun.headers().first("location"), "nonce")));
        String callback = "/callback?code=c&state=" + state;
        List<String[]> refused = List.of(
                new String[] {callback},
                new String[] {callback, "cookie", cookie(other)},
                new String[] {callback, "cookie", good + "x"},
                new String[] {callback, "cookie", good + "; " + good},
                new String[] {callback, "cookie", good.replace("__Host-", "")},
                new String[] {callback, "cookie", "__Host-gateway-login=a.b.c.d"},
                new String[] {callback, "cookie", "__Host-gateway-login="},
                new String[] {callback + "x", "cookie", good},
                new String[] {"/callback?code=c", "cookie", good});
        for (String[] each : refused) {
            String[] headers = Arrays.copyOfRange(each, 1, each.length);
            Answer answer = get(gateway, each[0], headers);
            assertThat(answer.status()).as(String.join(" ", each)).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"state_mismatch\"");
        }
        assertThat(issuer.asked("/oauth/token")).isZero();
        seconds.addAndGet(600);
        assertThat(get(gateway, callback, "cookie", good).status()).isEqualTo(403);
        seconds.addAndGet(-1);
        tokens(idToken(parameter(begun.headers().first("location"), "nonce")));
        assertThat(get(gateway, callback, "cookie", good).status()).isEqualTo(200);
    }

    @Test
    void anotherClientsCookieIsNone() throws IOException {
        Answer begun = get(auth0(""), "/login");
        Gateway other = gateway("""
                {"type": "auth0", "domain": "%1$s", "client_id": "app", "client_secret": "another",
                 "redirect_uri": "https://api.example.com/callback", "jwks_uri": "%1$s/keys", "scope": "openid"}""".formatted(issuer.url("")), "auth0", "callback_redirect");
        String state = parameter(begun.headers().first("location"), "state");
        assertThat(get(other, "/callback?code=c&state=" + state, "cookie", cookie(begun))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anIdTokenThatIsNotOfThisLoginIsRefused() throws IOException {
        Gateway gateway = auth0("");
        Answer begun = get(gateway, "/login");
        String location = begun.headers().first("location");
        String nonce = parameter(location, "nonce");
        String good = idToken(nonce);
        List<String> tokens = List.of(
                idToken(null),
                idToken("another"),
                good.substring(0, good.length() - 8) + "AAAAAAAA",
                SigningKey.of("k9", "RS256").token("{}"),
                KEY.token("{\"iss\":\"" + issuer.url("/") + "\",\"aud\":\"api\",\"exp\":" + (seconds.get() + 60)
                        + ",\"nonce\":\"" + nonce + "\"}"),
                "");
        for (String token : tokens) {
            tokens(token);
            Answer answer =
                    get(gateway, "/callback?code=c&state=" + parameter(location, "state"), "cookie", cookie(begun));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("AUTH0_ERROR").doesNotContain("access_token");
        }
    }

    @Test
    void whatAuth0SaysOfALoginThatFailsIsToldByItsStatusAlone() throws IOException {
        Gateway gateway = auth0("");
        Answer begun = get(gateway, "/login");
        String callback = "/callback?state=" + parameter(begun.headers().first("location"), "state");
        String cookie = cookie(begun);
        assertThat(get(gateway, callback + "&error=access_denied", "cookie", cookie)
                        .body())
                .contains("login_denied");
        Answer missing = get(gateway, callback, "cookie", cookie);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body()).contains("missing_code");
        issuer.answers("/oauth/token", "HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nsecret");
        Answer refused = get(gateway, callback + "&code=c", "cookie", cookie);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("AUTH0_UPSTREAM_ERROR").doesNotContain("secret");
        issuer.answers("/oauth/token", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>");
        assertThat(get(gateway, callback + "&code=c", "cookie", cookie).body()).contains("AUTH0_ERROR");
        issuer.close();
        Answer down = get(gateway, callback + "&code=c", "cookie", cookie);
        assertThat(down.status()).isEqualTo(502);
        assertThat(down.body()).contains("AUTH0_NETWORK_ERROR");
    }

    @Test
    void withoutTheCheckAnyBrowserMayEndALoginAndTheClientsStateGoesOn() throws IOException {
        Gateway gateway = auth0(", \"state_check\": false");
        Answer begun = get(gateway, "/login?state=of-the-client");
        assertThat(parameter(begun.headers().first("location"), "state")).isEqualTo("of-the-client");
        assertThat(begun.headers().contains("set-cookie")).isFalse();
        tokens(idToken(null));
        assertThat(get(gateway, "/callback?code=c&state=any").status()).isEqualTo(200);
        assertThat(new String(lastRequest().body(), UTF_8)).doesNotContain("code_verifier");
    }

    @Test
    void aBrowserGoesBackToWhereItWantedWithTheTokensBehindTheHash() throws IOException {
        Gateway gateway = auth0(", \"return_to\": [\"https://app.example.com\", \"http://localhost:3000\"]");
        Answer begun = get(gateway, "/login?return_to=%2Forders%3Fpage%3D2");
        String location = begun.headers().first("location");
        tokens(idToken(parameter(location, "nonce")));
        Answer ended = get(gateway, "/callback?code=c&state=" + parameter(location, "state"), "cookie", cookie(begun));
        assertThat(ended.status()).isEqualTo(302);
        assertThat(ended.headers().first("location"))
                .startsWith("https://app.example.com/orders?page=2#access_token=at&id_token=")
                .doesNotContain("refresh_token");
        assertThat(get(gateway, "/login?return_to=http://localhost:3000/a").status())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.com",
                "/\\evil.com",
                "/%09/evil.com",
                "/%5cevil.com",
                "https://evil.com",
                "https://app.example.com.evil.com/",
                "https://app.example.com@evil.com/",
                "https://app.example.com:444/",
                "http://app.example.com/",
                "javascript:alert(1)",
                "/a/../..//evil.com",
                "/a#b",
                "/a\tb",
                "",
                "app.example.com"
            })
    void nobodyIsSentAnywhereElse(String wanted) throws IOException {
        Gateway gateway = auth0(", \"return_to\": [\"https://app.example.com\"]");
        StringBuilder query = new StringBuilder();
        Query.append(query, "return_to", wanted);
        Answer answer = get(gateway, "/login?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("return_to_refused");
        assertThat(get(auth0(""), "/login?return_to=/").status()).isEqualTo(400);
    }

    @Test
    void theProviderSaysWhoSomebodyIs() throws IOException {
        Gateway gateway = auth0("");
        issuer.says("/userinfo", "{\"sub\":\"u1\"}");
        assertThat(get(gateway, "/userinfo", "authorization", "Bearer at").body())
                .isEqualTo("{\"sub\":\"u1\"}");
        assertThat(lastRequest().head()).containsIgnoringCase("authorization: Bearer at");
        assertThat(get(gateway, "/userinfo", "x-access-token", "other", "authorization", "Bearer at")
                        .status())
                .isEqualTo(200);
        assertThat(lastRequest().head()).containsIgnoringCase("authorization: Bearer other");
        Answer missing = get(gateway, "/userinfo");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.body()).isEqualTo("{\"error\":\"Missing bearer token\",\"code\":\"missing_access_token\"}");
        issuer.answers("/userinfo", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        Answer refused = get(gateway, "/userinfo", "authorization", "Bearer at");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("AUTH0_UPSTREAM_ERROR");
    }

    @Test
    void aTokenIsRenewedOnceItHasEnded() throws IOException {
        Gateway gateway = auth0("");
        String valid = idToken(null);
        Answer still =
                ask(gateway, "POST", "/refresh", null, "authorization", "Bearer " + valid, "x-refresh-token", "r");
        assertThat(still.status()).isEqualTo(200);
        assertThat(still.body()).contains("token_still_valid");
        seconds.addAndGet(60);
        tokens(idToken(null));
        Answer renewed =
                ask(gateway, "POST", "/refresh", null, "authorization", "Bearer " + valid, "x-refresh-token", "r+1");
        assertThat(renewed.body()).contains("\"access_token\":\"at\"");
        String form = new String(lastRequest().body(), UTF_8);
        assertThat(Query.first(form, "grant_type")).isEqualTo("refresh_token");
        assertThat(Query.first(form, "refresh_token")).isEqualTo("r+1");
        assertThat(ask(gateway, "POST", "/refresh", "{\"refresh_token\":\"r2\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Query.first(new String(lastRequest().body(), UTF_8), "refresh_token"))
                .isEqualTo("r2");
        for (String body : new String[] {null, "", "{}", "x", "{\"refresh_token\":1}"}) {
            Answer missing = ask(gateway, "POST", "/refresh", body);
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.body()).contains("missing_refresh_token");
        }
        Answer forged = ask(
                gateway,
                "POST",
                "/refresh",
                null,
                "authorization",
                "Bearer " + SigningKey.of("k9", "RS256").token("{}", "k1"),
                "x-refresh-token",
                "r");
        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.headers().first("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
    }

    @Test
    void aTokenForTheApiComesInAndOneForAnotherDoesNot() throws IOException {
        Gateway gateway = auth0("");
        String forApi = KEY.token(
                "{\"iss\":\"" + issuer.url("/") + "\",\"aud\":[\"api\",\"x\"],\"exp\":" + (seconds.get() + 60) + "}");
        assertThat(get(gateway, "/me", "authorization", "Bearer " + forApi).status())
                .isEqualTo(200);
        assertThat(get(gateway, "/me", "authorization", "Bearer " + idToken(null))
                        .status())
                .isEqualTo(401);
        assertThat(get(gateway, "/me").status()).isEqualTo(401);
    }
}
