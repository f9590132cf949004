package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A pair of keys of an issuer: signs tokens by another library than the one that verifies them. */
public record SigningKey(String id, String algorithm, KeyPair pair) {
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    /** The pair of that name and algorithm: the same one whenever it is asked for. */
    public static SigningKey of(String id, String algorithm) {
        return new SigningKey(
                id, algorithm, PAIRS.computeIfAbsent(id + " " + kind(algorithm), name -> generate(algorithm)));
    }

    /** Those of RSA take long to make, and one fits all its algorithms. */
    private static String kind(String algorithm) {
        return algorithm.startsWith("RS") || algorithm.startsWith("PS") ? "RSA" : algorithm;
    }

    private static KeyPair generate(String algorithm) {
        try {
            return switch (algorithm) {
                case "EdDSA" -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case "ES256" -> elliptic("secp256r1");
                case "ES384" -> elliptic("secp384r1");
                case "ES512" -> elliptic("secp521r1");
                default -> rsa();
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static KeyPair elliptic(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    /** A token with those claims, signed by this key. */
    public String token(String claims) {
        return token(claims, id);
    }

    /** A token that calls its key so. */
    @SuppressWarnings("unchecked")
    public String token(String claims, String keyId) {
        SecureDigestAlgorithm<PrivateKey, ?> by =
                (SecureDigestAlgorithm<PrivateKey, ?>) Jwts.SIG.get().forKey(algorithm);
        return Jwts.builder()
                .header()
                .keyId(keyId)
                .and()
                .content(claims.getBytes(UTF_8))
                .signWith(pair.getPrivate(), by)
                .compact();
    }

    /** The public key as JSON (RFC 7517), which says its id. */
    public String jwk() {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                "{\"kty\":\"RSA\",\"kid\":\"" + id + "\",\"use\":\"sig\",\"n\":\"" + number(rsa.getModulus(), 0)
                        + "\",\"e\":\"" + number(rsa.getPublicExponent(), 0) + "\"}";
            case ECPublicKey elliptic -> {
                int bytes = (elliptic.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                String curve = Map.of(32, "P-256", 48, "P-384", 66, "P-521").get(bytes);
                yield "{\"kty\":\"EC\",\"kid\":\"" + id + "\",\"crv\":\"" + curve + "\",\"x\":\""
                        + number(elliptic.getW().getAffineX(), bytes) + "\",\"y\":\""
                        + number(elliptic.getW().getAffineY(), bytes) + "\"}";
            }
            case EdECPublicKey edwards -> {
                byte[] encoded = edwards.getEncoded();
                byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
                yield "{\"kty\":\"OKP\",\"kid\":\"" + id + "\",\"crv\":\"Ed25519\",\"x\":\"" + base64(x) + "\"}";
            }
            default -> throw new AssertionError(pair.getPublic());
        };
    }

    /** A set of the keys. */
    public static String jwks(SigningKey... keys) {
        return "{\"keys\":["
                + String.join(",", Arrays.stream(keys).map(SigningKey::jwk).toList()) + "]}";
    }

    private static String number(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        byte[] unsigned = Arrays.copyOfRange(bytes, from, bytes.length);
        byte[] padded = new byte[Math.max(length, unsigned.length)];
        System.arraycopy(unsigned, 0, padded, padded.length - unsigned.length, unsigned.length);
        return base64(padded);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
