package multicloud.gateway.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import multicloud.gateway.testing.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
    private static final SigningKey RSA = SigningKey.of("r", "RS256");
    private static final SigningKey EC = SigningKey.of("e", "ES256");

    private static JwkSet read(String json) throws IOException {
        return JwkSet.read(json.getBytes(UTF_8));
    }

    private static JwkSet with(String key, String member, String value) throws IOException {
        return read("{\"keys\":[" + key.replaceFirst("\\{", "{\"" + member + "\":" + value + ",") + "]}");
    }

    @Test
    void theKeysAreThoseThatWerePublished() throws IOException {
        SigningKey edwards = SigningKey.of("o", "EdDSA");
        JwkSet set = read(SigningKey.jwks(RSA, EC, edwards));
        assertThat(set.unusable()).isEmpty();
        assertThat(set.keys()).extracting(Jwk::id).containsExactly("r", "e", "o");
        assertThat(set.keys()).extracting(Jwk::type).containsExactly(KeyType.RSA, KeyType.P256, KeyType.ED25519);
        assertThat(set.keys().get(0).key()).isEqualTo(RSA.pair().getPublic());
        assertThat(set.keys().get(1).key()).isEqualTo(EC.pair().getPublic());
        assertThat(set.keys().get(2).key()).isEqualTo(edwards.pair().getPublic());
    }

    /** RFC 8037, appendix A.2. */
    @Test
    void anEdwardsKeyIsReadAsTheStandardWritesIt() throws IOException {
        JwkSet set = read(
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
        assertThat(set.keys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html></html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":[]} x"})
    void whatIsNoSetIsNone(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "use|\"enc\"|use",
                "key_ops|[\"sign\"]|key_ops",
                "key_ops|\"verify\"|key_ops",
                "alg|\"HS256\"|alg",
                "alg|\"ES256\"|alg",
                "alg|\"none\"|alg",
                "alg|\"RSA-OAEP\"|alg",
                "d|\"AQAB\"|private"
            })
    void aKeyForSomethingElseIsLeftOut(String member, String value, String reason) throws IOException {
        String key = RSA.jwk().replace("\"use\":\"sig\",", "");
        JwkSet set = with(key, member, value);
        assertThat(set.keys()).isEmpty();
        assertThat(set.unusable())
                .singleElement()
                .asString()
                .startsWith("keys/0: ")
                .contains(reason);
    }

    @Test
    void aKeyThatIsForOneAlgorithmIsForNoOther() throws IOException {
        Jwk key = with(RSA.jwk(), "alg", "\"RS256\"").keys().getFirst();
        assertThat(key.fits(Algorithm.RS256)).isTrue();
        assertThat(key.fits(Algorithm.PS256)).isFalse();
        assertThat(read(SigningKey.jwks(RSA)).keys().getFirst().fits(Algorithm.PS256))
                .isTrue();
        assertThat(key.fits(Algorithm.ES256)).isFalse();
        assertThat(key.fits(Algorithm.HS256)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"*\",\"y\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AQ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
                "{\"kty\":[\"RSA\"]}",
                "{}"
            })
    void aKeyThatCannotBeOneIsLeftOut(String key) throws IOException {
        JwkSet set = read("{\"keys\":[" + key + "," + EC.jwk() + "]}");
        assertThat(set.keys()).extracting(Jwk::id).containsExactly("e");
        assertThat(set.unusable()).hasSize(1);
    }

    @Test
    void anEvenExponentIsNone() throws IOException {
        String even = RSA.jwk().replace("\"e\":\"AQAB\"", "\"e\":\"AQAA\"");
        assertThat(even).isNotEqualTo(RSA.jwk());
        assertThat(read("{\"keys\":[" + even + "]}").keys()).isEmpty();
    }

    @Test
    void aSetOfThousandsOfKeysIsNone() {
        String many = "{\"keys\":[" + "{},".repeat(5_000) + "{}]}";
        assertThatThrownBy(() -> read(many)).isInstanceOf(IOException.class);
    }
}
