package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.Issuer;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Supabase's tokens, and its logins by one-time codes, with a stand-in for a project. */
@Timeout(60)
class SupabaseTest {
    private static final String KEY = "service-role-key";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    private static final String NO = "HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!";

    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    private final SocketTransport transport = SocketTransport.system(null);
    private Issuer supabase;

    /** A response with its body read. */
    private record Answer(int status, Headers headers, String body) {}

    @BeforeEach
    void open() throws IOException {
        supabase = new Issuer();
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        supabase.close();
    }

    private Gateway gateway(String document, Map<String, String> environment) {
        return switch (ConfigReader.read(document.getBytes(UTF_8), (kind, name) -> environment.get(name))) {
            case Reading.Accepted accepted -> Gateway.compile(accepted.config(), "v1", Lasting.with(transport, clock));
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private Gateway steps(Map<String, String> environment) {
        return gateway("""
                {"paths": [
                  {"method": "POST", "path": "/send", "integration": {"type": "supabase_passwordless_auth"}},
                  {"method": "POST", "path": "/verify", "integration": {"type": "supabase_passwordless_verify"}},
                  {"method": "POST", "path": "/alt", "integration": {"type": "supabase_passwordless_auth_alt"}}]}""", environment);
    }

    private Gateway steps() {
        return steps(Map.of("SUPABASE_URL", supabase.url(""), "SUPABASE_SERVICE_ROLE_KEY", KEY));
    }

    private static Answer ask(Gateway gateway, String method, String target, String body, String... headers)
            throws IOException {
        Response response = gateway.handle(Exchanges.exchange(method, target, Body.of(body.getBytes(UTF_8)), headers));
        Answer answer = new Answer(
                response.status(),
                response.headers(),
                new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8));
        assertThat(answer.body()).doesNotContain(KEY);
        return answer;
    }

    private String lastBody() {
        return new String(supabase.server().requests().getLast().body(), UTF_8);
    }

    @Test
    void aCodeIsSentByMailOrByMessage() throws IOException {
        supabase.answers("/auth/v1/otp", OK);
        Answer mail = ask(steps(), "POST", "/send", "{\"email\":\"a\\\"b@example.com\"}");
        assertThat(mail.status()).isEqualTo(200);
        assertThat(mail.body()).contains("\"message\":\"Email OTP sent successfully\"", "\"note\":");
        assertThat(lastBody()).isEqualTo("{\"email\":\"a\\\"b@example.com\",\"create_user\":true}");
        Peer.Received request = supabase.server().requests().getLast();
        assertThat(request.line()).isEqualTo("POST /auth/v1/otp HTTP/1.1");
        assertThat(request.head()).containsIgnoringCase("apikey: " + KEY);
        Answer message = ask(steps(), "POST", "/send", "{\"phone\":\"+4712345678\"}");
        assertThat(message.body()).contains("\"message\":\"SMS OTP sent successfully\"");
        assertThat(lastBody()).isEqualTo("{\"phone\":\"+4712345678\",\"create_user\":true}");
        assertThat(ask(steps(), "POST", "/alt", "{\"email\":\"a@example.com\"}").body())
                .contains("Email OTP sent successfully");
    }

    @Test
    void aCodeIsExchangedForTheSession() throws IOException {
        supabase.says("/auth/v1/verify", "{\"access_token\":\"at\"}");
        assertThat(ask(steps(), "POST", "/verify", "{\"token\":\"123456\",\"email\":\"a@example.com\"}")
                        .body())
                .isEqualTo("{\"access_token\":\"at\"}");
        assertThat(lastBody()).isEqualTo("{\"type\":\"email\",\"token\":\"123456\",\"email\":\"a@example.com\"}");
        ask(steps(), "POST", "/verify", "{\"token\":\"123456\",\"phone\":\"+4712345678\"}");
        assertThat(lastBody()).isEqualTo("{\"type\":\"sms\",\"token\":\"123456\",\"phone\":\"+4712345678\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/send|{}|missing_email_or_phone",
                "/send|{\"email\":\" \"}|missing_email_or_phone",
                "/send|{\"email\":1}|missing_email_or_phone",
                "/send|no JSON|missing_email_or_phone",
                "/verify|{\"email\":\"a@example.com\"}|missing_token_or_contact",
                "/verify|{\"token\":\"1\"}|missing_token_or_contact",
                "/alt|{\"phone\":\"1\"}|missing_email"
            })
    void whatIsMissingIsSaidAndNobodyIsAsked(String path, String body, String code) throws IOException {
        Answer answer = ask(steps(), "POST", path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(supabase.server().connections()).isZero();
    }

    @Test
    void aRefusalOfSupabaseIsToldInTheGatewaysWords() throws IOException {
        supabase.answers("/auth/v1/otp", NO).answers("/auth/v1/verify", NO);
        Answer sent = ask(steps(), "POST", "/send", "{\"email\":\"a@example.com\"}");
        assertThat(sent.status()).isEqualTo(400);
        assertThat(sent.body()).contains("SUPABASE_OTP_SEND_FAILED").doesNotContain("no!");
        assertThat(ask(steps(), "POST", "/alt", "{\"email\":\"a@example.com\"}").body())
                .contains("SUPABASE_OTP_ALT_FAILED");
        Answer verified = ask(steps(), "POST", "/verify", "{\"token\":\"1\",\"phone\":\"2\"}");
        assertThat(verified.status()).isEqualTo(401);
        assertThat(verified.body()).contains("SUPABASE_OTP_VERIFY_FAILED");
        assertThat(verified.headers().first("www-authenticate")).isEqualTo("Bearer");
        supabase.close();
        assertThat(ask(steps(), "POST", "/send", "{\"email\":\"a@example.com\"}")
                        .status())
                .isEqualTo(502);
        assertThat(ask(steps(), "POST", "/verify", "{\"token\":\"1\",\"phone\":\"2\"}")
                        .status())
                .isEqualTo(502);
    }

    @Test
    void withoutItsEnvironmentThePathSaysSo() throws IOException {
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of("SUPABASE_URL", supabase.url("")))) {
            Answer answer = ask(steps(environment), "POST", "/send", "{\"email\":\"a@example.com\"}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("SUPABASE_ENV_MISSING");
        }
        assertThat(supabase.server().connections()).isZero();
    }

    private String asked(String keys, String token) throws IOException {
        Gateway gateway = gateway("""
                {"authorizer": {"type": "supabase", "issuer": "https://abc.supabase.co/auth/v1", "audience": "authenticated", %s},
                 "paths": [{"method": "GET", "path": "/me", "auth": true, "response": "in"}]}""".formatted(keys), Map.of());
        Answer answer = ask(gateway, "GET", "/me", "", "authorization", "Bearer " + token);
        return answer.status() + " " + answer.body();
    }

    private static String claims(String more) {
        return "{\"iss\":\"https://abc.supabase.co/auth/v1\",\"aud\":\"authenticated\"," + more + "}";
    }

    @Test
    void tokensAreVerifiedWithTheProjectsSecretAndRefusedByTheirOwnNames() throws IOException {
        String secret = "\"jwt_secret\": \"" + Tokens.SECRET + "\"";
        assertThat(asked(secret, Tokens.of(claims("\"exp\":1800000060")))).isEqualTo("200 \"in\"");
        assertThat(asked(secret, Tokens.of(claims("\"exp\":1800000000")))).contains("401", "\"JWT_EXPIRED\"");
        assertThat(asked(secret, Tokens.of(claims("\"exp\":1800000060,\"nbf\":1800000001"))))
                .contains("401", "\"JWT_NOT_ACTIVE\"");
        assertThat(asked(secret, Tokens.of("{}"))).contains("401", "\"JWT_INVALID\"");
        assertThat(asked(secret, Tokens.of(claims("\"exp\":1800000060")) + "x")).contains("401", "\"JWT_INVALID\"");
        assertThat(asked(secret, "")).contains("401", "\"AUTH_ERROR\"");
    }

    @Test
    void tokensAreVerifiedWithTheKeysThatTheProjectPublishes() throws IOException {
        SigningKey key = SigningKey.of("k1", "ES256");
        supabase.publishes(key);
        String keys = "\"jwks_uri\": \"" + supabase.url("/keys") + "\"";
        assertThat(asked(keys, key.token(claims("\"exp\":1800000060")))).isEqualTo("200 \"in\"");
        assertThat(asked(keys, Tokens.of(claims("\"exp\":1800000060")))).contains("401", "\"JWT_INVALID\"");
    }
}
