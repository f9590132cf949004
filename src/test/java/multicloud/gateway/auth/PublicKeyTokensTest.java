package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.testing.SigningKey;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that another library signed, verified with public keys of the document. */
class PublicKeyTokensTest {
    private static final String CLAIMS = "{\"iss\":\"issuer\",\"aud\":\"shop\",\"sub\":\"u1\",\"exp\":1800000060}";

    private static Authorizer authorizer(String members) {
        String document = """
                {"authorizer": {"type": "jwt", "issuer": "issuer", "audience": "shop", %s},
                 "paths": [{"method": "GET", "path": "/", "auth": true}]}""".formatted(members);
        AuthorizerConfig config = switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config().authorizers().getFirst();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
        return Authorizers.of(config, new Issuers(SocketTransport.system(null), clock), clock);
    }

    private static Authorizer authorizer(String algorithms, SigningKey... keys) {
        return authorizer("\"algorithms\": [" + algorithms + "], \"jwks\": " + SigningKey.jwks(keys));
    }

    private static String ask(Authorizer authorizer, String token) {
        return asked(authorizer, "authorization", "Bearer " + token);
    }

    private static String asked(Authorizer authorizer, String... headers) {
        return switch (authorizer.authorize(Exchanges.exchange("GET", "/", Body.absent(), headers))) {
            case Verdict.Accepted accepted -> "accepted";
            case Verdict.Refused(Failure failure, var challenge) -> failure.name();
        };
    }

    private static String flipped(String token) {
        int dot = token.lastIndexOf('.');
        char first = token.charAt(dot + 1);
        return token.substring(0, dot + 1) + (first == 'A' ? 'B' : 'A') + token.substring(dot + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void everyAlgorithmVerifiesWhatItsKeySigned(String algorithm) {
        SigningKey key = SigningKey.of("k1", algorithm);
        SigningKey other = SigningKey.of("k2", algorithm);
        Authorizer authorizer = authorizer("\"" + algorithm + "\"", key);
        assertThat(ask(authorizer, key.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(authorizer, flipped(key.token(CLAIMS)))).isEqualTo("TOKEN_SIGNATURE_REFUSED");
        assertThat(ask(authorizer, other.token(CLAIMS, "k1"))).isEqualTo("TOKEN_SIGNATURE_REFUSED");
        assertThat(ask(authorizer, other.token(CLAIMS))).isEqualTo("KEY_NOT_FOUND");
        assertThat(ask(authorizer, key.token(CLAIMS.replace("shop", "office")))).isEqualTo("TOKEN_CLAIM_REFUSED");
    }

    @ParameterizedTest
    @CsvSource({"HS256, HmacSHA256, 32", "HS384, HmacSHA384, 48", "HS512, HmacSHA512, 64"})
    void everyHashVerifiesWhatItsSecretSigned(String algorithm, String hash, int length) {
        String secret = "s".repeat(length);
        Authorizer authorizer = authorizer("\"algorithm\": \"" + algorithm + "\", \"secret\": \"" + secret + "\"");
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"any\"}";
        assertThat(ask(authorizer, Tokens.hmac(hash, header, CLAIMS, secret.getBytes(UTF_8))))
                .isEqualTo("accepted");
        assertThat(ask(authorizer, Tokens.hmac(hash, header, CLAIMS, new byte[length])))
                .isEqualTo("TOKEN_SIGNATURE_REFUSED");
    }

    @Test
    void bothNamesOfEdDsaAreOne() {
        SigningKey key = SigningKey.of("k1", "EdDSA");
        Authorizer authorizer = authorizer("\"Ed25519\"", key);
        assertThat(ask(authorizer, key.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void anAlgorithmThatIsNotListedIsRefusedThoughItsKeyIsThere() {
        SigningKey key = SigningKey.of("k1", "RS256");
        Authorizer authorizer = authorizer("\"RS256\", \"ES256\"", key);
        String other = new SigningKey("k1", "PS256", key.pair()).token(CLAIMS);
        assertThat(ask(authorizer, other)).isEqualTo("TOKEN_ALGORITHM_REFUSED");
    }

    @Test
    void anAlgorithmTakesKeysOfItsOwnKindAlone() {
        SigningKey rsa = SigningKey.of("k1", "RS256");
        SigningKey elliptic = SigningKey.of("k1", "ES256");
        Authorizer authorizer = authorizer("\"RS256\", \"ES256\", \"ES384\"", rsa, elliptic);
        assertThat(ask(authorizer, rsa.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(authorizer, elliptic.token(CLAIMS))).isEqualTo("accepted");
        assertThat(ask(authorizer, SigningKey.of("k1", "ES384").token(CLAIMS))).isEqualTo("KEY_NOT_FOUND");
    }

    @Test
    void aPublicKeyIsNeverTheSecretOfAHash() {
        SigningKey key = SigningKey.of("k1", "RS256");
        Authorizer authorizer = authorizer("\"RS256\"", key);
        String forged = Tokens.hmac(
                "HmacSHA256",
                "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
                CLAIMS,
                key.pair().getPublic().getEncoded());
        assertThat(ask(authorizer, forged)).isEqualTo("TOKEN_ALGORITHM_REFUSED");
    }

    @Test
    void aTokenThatDoesNotNameItsKeyNeedsOneThatIsAlone() {
        SigningKey one = SigningKey.of("k1", "ES256");
        SigningKey other = SigningKey.of("k2", "ES256");
        String unnamed = one.token(CLAIMS, null);
        assertThat(ask(authorizer("\"ES256\"", one), unnamed)).isEqualTo("accepted");
        assertThat(ask(authorizer("\"ES256\"", one, other), unnamed)).isEqualTo("KEY_AMBIGUOUS");
    }

    @Test
    void keysAreTakenAsTextToo() {
        SigningKey key = SigningKey.of("k1", "ES256");
        String text = SigningKey.jwks(key).replace("\"", "\\\"");
        Authorizer authorizer = authorizer("\"algorithm\": \"ES256\", \"jwks\": \"" + text + "\"");
        assertThat(ask(authorizer, key.token(CLAIMS))).isEqualTo("accepted");
    }

    @Test
    void aSignatureOfZerosIsNone() {
        for (String algorithm : List.of("ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA")) {
            SigningKey key = SigningKey.of("k1", algorithm);
            String token = key.token(CLAIMS);
            int dot = token.lastIndexOf('.');
            byte[] zeros = new byte[(token.length() - dot - 1) * 3 / 4];
            assertThat(ask(
                            authorizer("\"" + algorithm + "\"", key),
                            token.substring(0, dot + 1) + Tokens.base64(zeros)))
                    .as(algorithm)
                    .isEqualTo("TOKEN_SIGNATURE_REFUSED");
        }
    }

    @Test
    void aTokenComesInTheNamedHeaderAlone() {
        SigningKey key = SigningKey.of("k1", "ES256");
        String token = key.token(CLAIMS);
        Authorizer authorizer = authorizer(
                "\"algorithm\": \"ES256\", \"token_header\": \"X-Id-Token\", \"jwks\": " + SigningKey.jwks(key));
        assertThat(asked(authorizer, "x-id-token", token)).isEqualTo("accepted");
        assertThat(asked(authorizer, "x-id-token", "Bearer " + token)).isEqualTo("accepted");
        assertThat(asked(authorizer, "authorization", "Bearer " + token)).isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "x-id-token", token, "x-id-token", token)).isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "x-id-token", token + "," + token)).isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "x-id-token", "")).isEqualTo("TOKEN_MISSING");
    }

    @Test
    void aTokenComesInTheNamedCookieAlone() {
        SigningKey key = SigningKey.of("k1", "ES256");
        String token = key.token(CLAIMS);
        Authorizer authorizer = authorizer(
                "\"algorithm\": \"ES256\", \"token_cookie\": \"session\", \"jwks\": " + SigningKey.jwks(key));
        assertThat(asked(authorizer, "cookie", "a=1; session=" + token + "; b=2"))
                .isEqualTo("accepted");
        assertThat(asked(authorizer, "cookie", "a=1", "cookie", "session=" + token))
                .isEqualTo("accepted");
        assertThat(asked(authorizer, "cookie", "xsession=" + token)).isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "cookie", "session=" + token + "; session=" + token))
                .isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "cookie", "Session=" + token)).isEqualTo("TOKEN_MISSING");
        assertThat(asked(authorizer, "authorization", "Bearer " + token)).isEqualTo("TOKEN_MISSING");
    }
}
