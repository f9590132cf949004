package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import multicloud.gateway.testing.SigningKey;

/**
 * Tokens for an authorizer with public keys, good and forged in the ways that Project Wycheproof and RFC 7520 name: algorithms and
 * keys confused, signatures in other encodings, out of range, or made of nothing.
 */
public final class PublicKeyForgeries {
    private static final SigningKey RSA = SigningKey.of("r1", "RS256");
    private static final SigningKey EC = SigningKey.of("e1", "ES256");
    private static final SigningKey EC384 = SigningKey.of("e3", "ES384");
    private static final SigningKey ED = SigningKey.of("o1", "EdDSA");
    private static final SigningKey STRANGER = SigningKey.of("r9", "RS256");
    private static final SigningKey EC_STRANGER = SigningKey.of("e9", "ES256");

    /** The order of Ed25519's group (RFC 8032, section 5.1). */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final Map<String, String> ALL = all();

    private PublicKeyForgeries() {}

    /** The set of keys that the authorizer has. */
    public static String jwks() {
        return SigningKey.jwks(RSA, EC, EC384, ED);
    }

    /** All of them; each name begins with {@code public:}. */
    static Map<String, String> byName() {
        return ALL;
    }

    private static Map<String, String> all() {
        Map<String, String> tokens = new LinkedHashMap<>();
        addGood(tokens);
        addConfusions(tokens);
        addKeyNames(tokens);
        addElliptic(tokens);
        addRsa(tokens);
        addEdwards(tokens);
        Map<String, String> named = new LinkedHashMap<>();
        tokens.forEach((name, token) -> named.put("public: " + name, token));
        return named;
    }

    private static void addGood(Map<String, String> tokens) {
        tokens.put("good RS256", RSA.token(Forgeries.CLAIMS));
        tokens.put("good PS256", new SigningKey("r1", "PS256", RSA.pair()).token(Forgeries.CLAIMS));
        tokens.put("good ES256", EC.token(Forgeries.CLAIMS));
        tokens.put("good EdDSA", ED.token(Forgeries.CLAIMS));
    }

    private static void addConfusions(Map<String, String> tokens) {
        byte[] der = RSA.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        String hs256 = "{\"alg\":\"HS256\",\"kid\":\"r1\"}";
        tokens.put("HS256 with the key in DER", hmac(hs256, der));
        tokens.put("HS256 with the key in PEM", hmac(hs256, pem.getBytes(US_ASCII)));
        tokens.put("HS256 with the key as JSON", hmac(hs256, RSA.jwk().getBytes(US_ASCII)));
        tokens.put("HS256 with nothing", hmac(hs256, new byte[1]));
        tokens.put("none", unsigned("{\"alg\":\"none\",\"kid\":\"r1\"}") + ".");
        tokens.put("ES384, which is not listed", EC384.token(Forgeries.CLAIMS));
        tokens.put("RS512, which is not listed", new SigningKey("r1", "RS512", RSA.pair()).token(Forgeries.CLAIMS));
        tokens.put("RS256 signed by PS256", by("SHA256withRSA", "{\"alg\":\"PS256\",\"kid\":\"r1\"}", RSA, null));
        tokens.put("RS256 signed with SHA-1", by("SHA1withRSA", "{\"alg\":\"RS256\",\"kid\":\"r1\"}", RSA, null));
        String own = "{\"alg\":\"RS256\",\"kid\":\"r1\",\"jwk\":" + STRANGER.jwk() + "}";
        tokens.put("a key of its own", by("SHA256withRSA", own, STRANGER, null));
    }

    private static void addKeyNames(Map<String, String> tokens) {
        tokens.put("a stranger's key by a known name", STRANGER.token(Forgeries.CLAIMS, "r1"));
        tokens.put("a stranger's key by its own name", STRANGER.token(Forgeries.CLAIMS));
        tokens.put("a name of a key of another kind", RSA.token(Forgeries.CLAIMS, "e1"));
        tokens.put("a name in another case", RSA.token(Forgeries.CLAIMS, "R1"));
        tokens.put("a name that is empty", by("SHA256withRSA", "{\"alg\":\"RS256\",\"kid\":\"\"}", RSA, null));
        tokens.put("a name that is a list", by("SHA256withRSA", "{\"alg\":\"RS256\",\"kid\":[\"r1\"]}", RSA, null));
    }

    private static void addElliptic(Map<String, String> tokens) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"e1\"}";
        byte[] good = rawSignature("SHA256withECDSAinP1363Format", header, EC);
        BigInteger order = ((ECPublicKey) EC.pair().getPublic()).getParams().getOrder();
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(good, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
        tokens.put("ES256 in DER", by("SHA256withECDSA", header, EC, null));
        tokens.put("ES256 of zeros", signature(header, new byte[64]));
        tokens.put("ES256 with r of zero", signature(header, pair(BigInteger.ZERO, s)));
        tokens.put("ES256 with s of zero", signature(header, pair(r, BigInteger.ZERO)));
        tokens.put("ES256 with r and s of the order", signature(header, pair(order, order)));
        tokens.put("ES256 with r and s of one", signature(header, pair(BigInteger.ONE, BigInteger.ONE)));
        tokens.put("ES256 with r and s swapped", signature(header, pair(s, r)));
        tokens.put("ES256 one byte short", signature(header, Arrays.copyOf(good, 63)));
        tokens.put("ES256 one byte long", signature(header, Arrays.copyOf(good, 65)));
        tokens.put("ES256 of nothing", signature(header, new byte[0]));
        tokens.put(
                "ES256 by a stranger",
                signature(header, rawSignature("SHA256withECDSAinP1363Format", header, EC_STRANGER)));
        tokens.put("ES256 over SHA-512", signature(header, rawSignature("SHA512withECDSAinP1363Format", header, EC)));
    }

    private static void addRsa(Map<String, String> tokens) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"r1\"}";
        byte[] good = rawSignature("SHA256withRSA", header, RSA);
        BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();
        BigInteger beyond = new BigInteger(1, good).add(modulus);
        byte[] longer = new byte[good.length + 1];
        System.arraycopy(good, 0, longer, 1, good.length);
        tokens.put("RS256 of zeros", signature(header, new byte[256]));
        tokens.put("RS256 of one", signature(header, fixed(BigInteger.ONE, 256)));
        tokens.put("RS256 of the modulus", signature(header, fixed(modulus, 256)));
        tokens.put("RS256 beyond the modulus", signature(header, fixed(beyond, 257)));
        tokens.put("RS256 with a zero before it", signature(header, longer));
        tokens.put("RS256 cut off", signature(header, Arrays.copyOf(good, 255)));
        tokens.put("RS256 of nothing", signature(header, new byte[0]));
        AlgorithmParameterSpec saltless = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 0, 1);
        tokens.put("PS256 without salt", by("RSASSA-PSS", "{\"alg\":\"PS256\",\"kid\":\"r1\"}", RSA, saltless));
        AlgorithmParameterSpec other = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, 32, 1);
        tokens.put("PS256 with another mask", by("RSASSA-PSS", "{\"alg\":\"PS256\",\"kid\":\"r1\"}", RSA, other));
    }

    private static void addEdwards(Map<String, String> tokens) {
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"o1\"}";
        byte[] good = rawSignature("Ed25519", header, ED);
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = good[63 - i];
        }
        byte[] raised = fixed(new BigInteger(1, reversed).add(L), 32);
        byte[] malleable = good.clone();
        for (int i = 0; i < 32; i++) {
            malleable[63 - i] = raised[i];
        }
        tokens.put("EdDSA with S raised by the order", signature(header, malleable));
        tokens.put("EdDSA of zeros", signature(header, new byte[64]));
        tokens.put("EdDSA cut off", signature(header, Arrays.copyOf(good, 63)));
        tokens.put("EdDSA one byte long", signature(header, Arrays.copyOf(good, 65)));
        tokens.put("EdDSA of nothing", signature(header, new byte[0]));
    }

    private static String unsigned(String header) {
        return Tokens.unsigned(header, Forgeries.CLAIMS);
    }

    private static String hmac(String header, byte[] key) {
        return Tokens.hmac("HmacSHA256", header, Forgeries.CLAIMS, key);
    }

    private static String signature(String header, byte[] signature) {
        return unsigned(header) + "." + Tokens.base64(signature);
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        byte[] both = Arrays.copyOf(fixed(r, 32), 64);
        System.arraycopy(fixed(s, 32), 0, both, 32, 32);
        return both;
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int count = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - count, fixed, length - count, count);
        return fixed;
    }

    private static byte[] rawSignature(String how, String header, SigningKey key) {
        return sign(how, header, key.pair().getPrivate(), null);
    }

    private static String by(String how, String header, SigningKey key, AlgorithmParameterSpec parameters) {
        return signature(header, sign(how, header, key.pair().getPrivate(), parameters));
    }

    private static byte[] sign(String how, String header, PrivateKey key, AlgorithmParameterSpec parameters) {
        try {
            Signature signature = Signature.getInstance(how);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(key);
            signature.update(unsigned(header).getBytes(US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
