package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthorizerTest {
    private static final long NOW = 1_800_000_000;
    private static final String CLAIMS =
            "{\"iss\":\"issuer\",\"aud\":\"shop\",\"sub\":\"u1\",\"exp\":1800000060,\"scope\":\"read write\",\"n\":{\"a\":[1,true]}}";

    private static Authorizer authorizer(String more) {
        String document = """
                {"authorizer": {"type": "jwt", "issuer": "issuer", "audience": ["shop", "office"], "algorithm": "HS256",
                                "secret": "%s" %s},
                 "paths": [{"method": "GET", "path": "/", "auth": true}]}""".formatted(Tokens.SECRET, more);
        AuthorizerConfig config = switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config().authorizers().getFirst();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
        return Authorizers.of(config, new Issuers(SocketTransport.system(null), clock), clock);
    }

    private static Verdict ask(Authorizer authorizer, String... headers) {
        return authorizer.authorize(Exchanges.exchange("GET", "/", Body.absent(), headers));
    }

    private static Verdict ask(String token) {
        return ask(authorizer(""), "authorization", "Bearer " + token);
    }

    private static Failure failure(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(Failure failure, String challenge) -> failure;
            case Verdict.Accepted accepted -> throw new AssertionError("accepted");
        };
    }

    private static String claims(String claims) {
        return "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000060" + claims + "}";
    }

    @Test
    void aGoodTokenSaysWhoSomebodyIs() {
        Verdict verdict = ask(Tokens.of(CLAIMS));
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        Identity identity = ((Verdict.Accepted) verdict).identity();
        assertThat(identity.authorizer()).isEqualTo("default");
        assertThat(identity.issuer()).isEqualTo("issuer");
        assertThat(identity.subject()).isEqualTo("u1");
        assertThat(identity.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(identity.claims()).containsEntry("exp", 1800000060L);
        assertThat(identity.toString()).doesNotContain("u1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void theSchemeIsReadInAnyCase(String scheme) {
        assertThat(ask(authorizer(""), "Authorization", scheme + Tokens.of(CLAIMS)))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void withoutOneTokenThereIsNobody() {
        String token = Tokens.of(CLAIMS);
        List<String[]> requests = List.of(
                new String[] {},
                new String[] {"authorization", ""},
                new String[] {"authorization", "Bearer"},
                new String[] {"authorization", "Bearer  "},
                new String[] {"authorization", token},
                new String[] {"authorization", "Basic " + token},
                new String[] {"authorization", "Bearer " + token + ",Bearer " + token},
                new String[] {"authorization", "Bearer " + token + ", " + token},
                new String[] {"authorization", "Bearer " + token, "Authorization", "Bearer " + token},
                new String[] {"authorization", "Bearer " + token + " x"},
                new String[] {"authorization", "Bearer\t" + token},
                new String[] {"x-authorization", "Bearer " + token});
        for (String[] headers : requests) {
            Verdict verdict = ask(authorizer(""), headers);
            assertThat(verdict)
                    .as(String.join(": ", headers))
                    .isEqualTo(new Verdict.Refused(Failure.TOKEN_MISSING, "Bearer"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"none\"}|ALGORITHM",
                "{\"alg\":\"None\"}|ALGORITHM",
                "{\"alg\":\"NONE\"}|ALGORITHM",
                "{\"alg\":\"hs256\"}|ALGORITHM",
                "{\"alg\":\"HS384\"}|ALGORITHM",
                "{\"alg\":\"RS256\"}|ALGORITHM",
                "{\"alg\":[\"HS256\"]}|ALGORITHM",
                "{\"alg\":null}|ALGORITHM",
                "{}|ALGORITHM",
                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}|MALFORMED",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}|MALFORMED",
                "{\"alg\":\"HS256\",\"b64\":false}|MALFORMED",
                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"YQ\"}}|MALFORMED",
                "{\"alg\":\"HS256\",\"jku\":\"https://evil.example/\"}|MALFORMED",
                "{\"alg\":\"HS256\",\"x5u\":\"https://evil.example/\"}|MALFORMED",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}|MALFORMED",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}|MALFORMED",
                "{\"alg\":\"HS256\"} x|MALFORMED",
                "[\"HS256\"]|MALFORMED",
                "''|MALFORMED"
            })
    void aHeaderIsTrustedInNothing(String header, String expected) {
        Failure failure = expected.equals("ALGORITHM") ? Failure.TOKEN_ALGORITHM_REFUSED : Failure.TOKEN_MALFORMED;
        assertThat(failure(ask(Tokens.hs256(header, CLAIMS, Tokens.SECRET)))).isEqualTo(failure);
    }

    @Test
    void whatIsNotThreePartsOfBase64urlIsNoToken() {
        String good = Tokens.of(CLAIMS);
        String[] parts = good.split("\\.");
        List<String> tokens = List.of(
                "a",
                "a.b",
                good + ".",
                good + ".a.b",
                "." + parts[1] + "." + parts[2],
                good + "=",
                parts[0] + "=." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "+." + parts[2],
                parts[0] + "." + parts[1] + "/." + parts[2],
                parts[0] + "." + parts[1].substring(0, 1) + "." + parts[2],
                parts[0] + "." + "a".repeat(Jws.LONGEST) + "." + parts[2]);
        for (String token : tokens) {
            assertThat(failure(ask(token))).as(token).isEqualTo(Failure.TOKEN_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-16"})
    void aTokenIsReadInUtf8Alone(String charset) throws IOException {
        String header = Tokens.base64("{\"alg\":\"HS256\"}".getBytes(Charset.forName(charset)));
        assertThat(failure(ask(header + ".e30.e30"))).isEqualTo(Failure.TOKEN_MALFORMED);
    }

    @Test
    void aTokenWithBytesThatAreNoUtf8IsRefused() {
        String overlong = "{\"alg\":\"HS256\",\"x\":\"\u00c0\u00af\"}";
        String header = Tokens.base64(overlong.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failure(ask(header + ".e30.e30"))).isEqualTo(Failure.TOKEN_MALFORMED);
    }

    @Test
    void aTokenThatIsReadShowsNothingOfItself() throws IOException {
        assertThat(Jws.read(Tokens.of(CLAIMS)).toString()).isEqualTo("Jws[***]");
    }

    @Test
    void aSignatureOfAnotherSecretIsRefused() {
        String good = Tokens.of(CLAIMS);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        assertThat(failure(ask(Tokens.hs256(Tokens.HS256, CLAIMS, "another secret of more than 32 bytes!"))))
                .isEqualTo(Failure.TOKEN_SIGNATURE_REFUSED);
        assertThat(failure(ask(unsigned))).isEqualTo(Failure.TOKEN_SIGNATURE_REFUSED);
        assertThat(failure(ask(unsigned + Tokens.base64(new byte[32])))).isEqualTo(Failure.TOKEN_SIGNATURE_REFUSED);
        assertThat(failure(ask(good.substring(0, good.length() - 3)))).isEqualTo(Failure.TOKEN_SIGNATURE_REFUSED);
    }

    @Test
    void claimsAreReadOnlyOnceTheSignatureHolds() {
        String expired =
                Tokens.hs256(Tokens.HS256, claims(",\"nbf\":1900000000"), "another secret of more than 32 bytes!");
        assertThat(failure(ask(expired))).isEqualTo(Failure.TOKEN_SIGNATURE_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001}|OK",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000000.5}|OK",
                "{\"iss\":\"issuer\",\"aud\":[\"x\",\"office\"],\"exp\":1800000001}|OK",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001,\"nbf\":1800000000}|OK",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1e300}|OK",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000000}|TOKEN_EXPIRED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":0}|TOKEN_EXPIRED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":-1e300}|TOKEN_EXPIRED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\"}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":null}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":\"1800000060\"}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":true}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001,\"nbf\":1800000001}|TOKEN_NOT_YET",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001,\"nbf\":\"0\"}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001,\"nbf\":null}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"Issuer\",\"aud\":\"shop\",\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":[\"issuer\"],\"aud\":\"shop\",\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"aud\":\"shop\",\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"Shop\",\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":[],\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":[\"shop\",1],\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":{\"shop\":1},\"exp\":1800000001}|TOKEN_CLAIM_REFUSED",
                "{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":1800000001,\"exp\":1900000000}|TOKEN_CLAIMS_MALFORMED",
                "\"iss\"|TOKEN_CLAIMS_MALFORMED",
                "[]|TOKEN_CLAIMS_MALFORMED",
                "{|TOKEN_CLAIMS_MALFORMED",
                "''|TOKEN_CLAIMS_MALFORMED"
            })
    void theClaimsMustSayWhatIsExpected(String claims, String expected) {
        Verdict verdict = ask(Tokens.of(claims));
        if (expected.equals("OK")) {
            assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        } else {
            assertThat(failure(verdict)).isEqualTo(Failure.valueOf(expected));
        }
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        byte[] header = Tokens.HS256.getBytes(UTF_8);
        byte[] halfACharacter = CLAIMS.replace("u1", "\u00e9").getBytes(ISO_8859_1);
        for (byte[] claims : List.of(CLAIMS.getBytes(UTF_16), CLAIMS.getBytes(UTF_16LE), halfACharacter)) {
            assertThat(failure(ask(Tokens.hs256(header, claims, Tokens.SECRET))))
                    .isEqualTo(Failure.TOKEN_CLAIMS_MALFORMED);
        }
        byte[] wide = Tokens.HS256.getBytes(UTF_16BE);
        assertThat(failure(ask(Tokens.hs256(wide, CLAIMS.getBytes(UTF_8), Tokens.SECRET))))
                .isEqualTo(Failure.TOKEN_MALFORMED);
    }

    @Test
    void leewayIsGivenAtBothEnds() {
        Authorizer lenient = authorizer(", \"leeway\": \"10s\"");
        assertThat(ask(
                        lenient,
                        "authorization",
                        "Bearer " + Tokens.of(claims("").replace("1800000060", "1799999991"))))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(failure(ask(
                        lenient,
                        "authorization",
                        "Bearer " + Tokens.of(claims("").replace("1800000060", "1799999990")))))
                .isEqualTo(Failure.TOKEN_EXPIRED);
        assertThat(ask(lenient, "authorization", "Bearer " + Tokens.of(claims(",\"nbf\":1800000010"))))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(failure(ask(lenient, "authorization", "Bearer " + Tokens.of(claims(",\"nbf\":1800000011")))))
                .isEqualTo(Failure.TOKEN_NOT_YET);
    }

    @Test
    void aTokenNeedNotEndWhereTheDocumentSaysSo() {
        Authorizer authorizer = authorizer(", \"require_exp\": false");
        assertThat(ask(authorizer, "authorization", "Bearer " + Tokens.of("{\"iss\":\"issuer\",\"aud\":\"shop\"}")))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(failure(ask(
                        authorizer,
                        "authorization",
                        "Bearer " + Tokens.of("{\"iss\":\"issuer\",\"aud\":\"shop\",\"exp\":\"never\"}"))))
                .isEqualTo(Failure.TOKEN_CLAIM_REFUSED);
    }

    @Test
    void aRefusalSaysWhyToTheClient() {
        assertThat(ask("a.b.c"))
                .isEqualTo(new Verdict.Refused(
                        Failure.TOKEN_MALFORMED, "Bearer error=\"invalid_token\", error_description=\"Invalid JWS\""));
    }

    @Test
    void scopesAreAListToo() {
        Verdict verdict = ask(Tokens.of(claims(",\"scope\":[\"a\",\"b c\",1]")));
        assertThat(((Verdict.Accepted) verdict).identity().scopes()).containsExactlyInAnyOrder("a", "b c");
    }

    @Test
    void aRehearsalLeavesNothing() {
        Authorizer authorizer = authorizer("");
        authorizer.rehearse();
        assertThat(ask(authorizer, "authorization", "Bearer " + Tokens.of(CLAIMS)))
                .isInstanceOf(Verdict.Accepted.class);
    }
}
