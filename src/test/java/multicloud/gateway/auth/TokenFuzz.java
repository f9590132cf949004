package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Headers;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.SocketTransport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever stands for a token: nothing that was not signed is ever let in, and of what was signed nothing that does not say what is
 * expected. An input is the value of an Authorization field, or the header and the claims of a token to sign, on two lines.
 */
public final class TokenFuzz {
    private static final long NOW = 1_800_000_000;

    private static final String DOCUMENT = """
            {"authorizer": {"type": "jwt", "issuer": "issuer", "audience": ["shop", "office"], "algorithm": "HS256", "secret": "%s"},
             "paths": [{"method": "GET", "path": "/", "auth": true}]}""".formatted(Tokens.SECRET);
    private static final String SIGNED =
            Tokens.of("{\"iss\":\"issuer\",\"aud\":\"shop\",\"sub\":\"u1\",\"exp\":1800000060}");
    private static final Authorizer AUTHORIZER = authorizer();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenFuzz() {}

    private static Authorizer authorizer() {
        Reading reading = ConfigReader.read(DOCUMENT.getBytes(UTF_8), References.UNRESOLVED);
        AuthorizerConfig config =
                ((Reading.Accepted) reading).config().authorizers().getFirst();
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
        return Authorizers.of(config, new Issuers(SocketTransport.system(null), clock), clock);
    }

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        int line = text.indexOf('\n');
        if (line < 0) {
            assertThat(ask(text) != null)
                    .as("let in is the one token that was signed")
                    .isEqualTo(SIGNED.equals(BearerToken.of(Headers.of("authorization", text))));
        } else {
            signed(text.substring(0, line), text.substring(line + 1));
        }
    }

    private static void signed(String header, String claims) {
        Map<String, Object> accepted = ask("Bearer " + Tokens.hs256(header, claims, Tokens.SECRET));
        if (accepted != null) {
            assertThat(isExpected(STRICT.readTree(header), STRICT.readTree(claims)))
                    .as(claims)
                    .isTrue();
            assertThat(accepted.keySet())
                    .containsExactlyInAnyOrderElementsOf(STRICT.readTree(claims).propertyNames());
        } else {
            assertThat(isGood(header, claims)).as("refused, and good").isFalse();
        }
    }

    private static boolean isGood(String header, String claims) {
        try {
            JsonNode read = STRICT.readTree(header);
            return List.of("alg", "typ").containsAll(read.propertyNames())
                    && isExpected(read, STRICT.readTree(claims))
                    && !STRICT.readTree(claims).has("nbf");
        } catch (JacksonException noJson) {
            return false;
        }
    }

    private static boolean isExpected(JsonNode header, JsonNode claims) {
        JsonNode audience = claims.path("aud");
        boolean forUs = audience.isArray()
                ? audience.valueStream().anyMatch(TokenFuzz::isOurs)
                        && audience.valueStream().allMatch(JsonNode::isString)
                : isOurs(audience);
        return header.isObject()
                && header.path("alg").asString("").equals("HS256")
                && claims.isObject()
                && claims.path("iss").isString()
                && claims.path("iss").asString().equals("issuer")
                && forUs
                && claims.path("exp").isNumber()
                && claims.path("exp").asDouble() > NOW
                && (!claims.has("nbf")
                        || claims.path("nbf").isNumber() && claims.path("nbf").asDouble() <= NOW);
    }

    private static boolean isOurs(JsonNode audience) {
        return audience.isString() && List.of("shop", "office").contains(audience.asString());
    }

    /** The claims of who is let in; null where nobody is. */
    private static Map<String, Object> ask(String authorization) {
        Verdict verdict =
                AUTHORIZER.authorize(Exchanges.exchange("GET", "/", Body.absent(), "authorization", authorization));
        return switch (verdict) {
            case Verdict.Accepted accepted -> accepted.identity().claims();
            case Verdict.Refused(Failure failure, String challenge) -> {
                assertThat(failure.status()).isEqualTo(401);
                assertThat(challenge).startsWith("Bearer").matches(FieldText::isValue);
                assertThat(verdict.toString()).doesNotContain(authorization.length() > 40 ? authorization : "\n");
                yield null;
            }
        };
    }
}
