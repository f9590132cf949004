package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens by name, good ones and all the ways there are to forge one, made at a second that never passes. */
public final class Forgeries {
    private static final long NOW = 1_800_000_000;
    private static final String START = "{\"iss\":\"https://issuer.test\",\"aud\":\"shop\"";
    static final String CLAIMS = START + ",\"sub\":\"u1\",\"exp\":" + (NOW + 60) + "}";
    private static final String GOOD = Tokens.of(CLAIMS);
    private static final String SIGNED = GOOD.substring(0, GOOD.lastIndexOf('.') + 1);
    private static final String ANOTHER_SECRET = "another secret that is long enough, too";
    private static final KeyPair RSA = rsa();

    private Forgeries() {}

    /**
     * All of them.
     *
     * @param elsewhere where headers that lead to keys lead to
     */
    public static Map<String, String> byName(String elsewhere) {
        Map<String, String> tokens = new LinkedHashMap<>();
        addGood(tokens);
        addAlgorithms(tokens);
        addHeaders(tokens, elsewhere);
        addShapes(tokens);
        addSignatures(tokens);
        addClaims(tokens);
        tokens.putAll(PublicKeyForgeries.byName());
        return tokens;
    }

    private static void addGood(Map<String, String> tokens) {
        tokens.put("good", GOOD);
        tokens.put("nobody", claims(""));
        tokens.put("reader", claims(",\"sub\":\"u1\",\"scope\":\"orders:read profile\""));
        tokens.put("writer", claims(",\"sub\":\"u1\",\"scope\":\"orders:read orders:write\""));
        tokens.put("writer by a list", claims(",\"sub\":\"u1\",\"scope\":[\"orders:write\",\"orders:read\"]"));
        tokens.put("prefix of a scope", claims(",\"scope\":\"orders:reader orders:writer\""));
        tokens.put("tenant a", claims(",\"sub\":\"u1\",\"tenant\":\"a\",\"org\":{\"id\":7}"));
        tokens.put("tenants b and c", claims(",\"tenant\":[\"c\",\"b\"],\"org\":{\"id\":7}"));
        tokens.put("tenant x", claims(",\"tenant\":\"x\",\"org\":{\"id\":7}"));
        tokens.put("tenant a,b as one text", claims(",\"tenant\":\"a,b\",\"org\":{\"id\":7}"));
        tokens.put("tenant a of another org", claims(",\"tenant\":\"a\",\"org\":{\"id\":8}"));
        tokens.put("line breaks in sub", claims(",\"sub\":\"u1\\r\\nx-admin: 1\""));
        tokens.put("NUL in sub", claims(",\"sub\":\"u1\\u0000\""));
        tokens.put("half a character in sub", claims(",\"sub\":\"u1\\ud800\""));
        tokens.put("sub that is an object", claims(",\"sub\":{\"id\":\"u1\"}"));
        tokens.put("sub with references", claims(",\"sub\":\"${config.token} $config.token\""));
    }

    private static String claims(String more) {
        return Tokens.of(START + more + ",\"exp\":" + (NOW + 60) + "}");
    }

    private static void addAlgorithms(Map<String, String> tokens) {
        for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
            tokens.put("alg " + none, Tokens.unsigned("{\"alg\":\"" + none + "\"}", CLAIMS) + ".");
        }
        tokens.put("alg none, signed", Tokens.hs256("{\"alg\":\"none\"}", CLAIMS, Tokens.SECRET));
        tokens.put("alg hs256", Tokens.hs256("{\"alg\":\"hs256\"}", CLAIMS, Tokens.SECRET));
        tokens.put("alg missing", Tokens.hs256("{\"typ\":\"JWT\"}", CLAIMS, Tokens.SECRET));
        tokens.put("alg null", Tokens.hs256("{\"alg\":null}", CLAIMS, Tokens.SECRET));
        tokens.put("alg a list", Tokens.hs256("{\"alg\":[\"HS256\"]}", CLAIMS, Tokens.SECRET));
        tokens.put("alg twice", Tokens.hs256("{\"alg\":\"none\",\"alg\":\"HS256\"}", CLAIMS, Tokens.SECRET));
        byte[] secret = Tokens.SECRET.getBytes(UTF_8);
        tokens.put("HS384 with the secret", Tokens.hmac("HmacSHA384", "{\"alg\":\"HS384\"}", CLAIMS, secret));
        tokens.put("HS512 with the secret", Tokens.hmac("HmacSHA512", "{\"alg\":\"HS512\"}", CLAIMS, secret));
        tokens.put("RS256 with a key of its own", rs256());
        tokens.put(
                "HS256 with an RSA public key",
                Tokens.hmac("HmacSHA256", Tokens.HS256, CLAIMS, RSA.getPublic().getEncoded()));
        tokens.put("HS256 with an RSA public key in PEM", Tokens.hmac("HmacSHA256", Tokens.HS256, CLAIMS, pem()));
        tokens.put("ES256 with a zero signature", zeros("ES256", 64));
        tokens.put("PS256 with a zero signature", zeros("PS256", 256));
        tokens.put("EdDSA with a zero signature", zeros("EdDSA", 64));
    }

    private static String zeros(String algorithm, int length) {
        return Tokens.unsigned("{\"alg\":\"" + algorithm + "\"}", CLAIMS) + "." + Tokens.base64(new byte[length]);
    }

    private static void addHeaders(Map<String, String> tokens, String elsewhere) {
        String key = Tokens.base64(ANOTHER_SECRET.getBytes(UTF_8));
        header(tokens, "jwk", "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + key + "\"}");
        header(tokens, "jku", "\"jku\":\"" + elsewhere + "\"");
        header(tokens, "x5u", "\"x5u\":\"" + elsewhere + "\"");
        header(tokens, "x5c", "\"x5c\":[\"MIIB\"]");
        header(tokens, "kid of a file", "\"kid\":\"../../../../dev/null\"");
        header(tokens, "kid of an address", "\"kid\":\"" + elsewhere + "\"");
        tokens.put("kid, well signed", signed("{\"alg\":\"HS256\",\"kid\":\"../../../../dev/null\"}"));
        tokens.put("jku, well signed", signed("{\"alg\":\"HS256\",\"jku\":\"" + elsewhere + "\"}"));
        tokens.put(
                "crit unknown", signed("{\"alg\":\"HS256\",\"crit\":[\"https://ext.test\"],\"https://ext.test\":1}"));
        tokens.put("crit empty", signed("{\"alg\":\"HS256\",\"crit\":[]}"));
        tokens.put("b64 false", signed("{\"alg\":\"HS256\",\"b64\":false}"));
        tokens.put("b64 false, critical", signed("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}"));
        tokens.put("header of a list", signed("[\"HS256\"]"));
        tokens.put("header cut off", signed("{\"alg\":\"HS256\""));
        tokens.put("header with something behind", signed("{\"alg\":\"HS256\"} {}"));
        tokens.put("header nested too deep", signed("{\"alg\":\"HS256\",\"x\":" + nested() + "}"));
    }

    /** A token that brings a key, signed with another secret. */
    private static void header(Map<String, String> tokens, String name, String member) {
        tokens.put(name, Tokens.hs256("{\"alg\":\"HS256\"," + member + "}", CLAIMS, ANOTHER_SECRET));
    }

    private static String signed(String header) {
        return Tokens.hs256(header, CLAIMS, Tokens.SECRET);
    }

    private static void addShapes(Map<String, String> tokens) {
        tokens.put("one part", "abc");
        tokens.put("two parts", SIGNED.substring(0, SIGNED.length() - 1));
        tokens.put("four parts", GOOD + ".abc");
        tokens.put(
                "five parts",
                Tokens.base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}".getBytes(UTF_8)) + "..AAAA.AAAA.AAAA");
        tokens.put("oversized", claims(",\"pad\":\"" + "x".repeat(16 * 1024) + "\""));
        tokens.put("padded", GOOD + "=");
        tokens.put("other alphabet", SIGNED + "+/+/" + GOOD.substring(SIGNED.length() + 4));
        tokens.put("good, good", GOOD + "," + GOOD);
    }

    private static void addSignatures(Map<String, String> tokens) {
        tokens.put("another secret", Tokens.hs256(Tokens.HS256, CLAIMS, ANOTHER_SECRET));
        tokens.put("a key of one NUL", Tokens.hmac("HmacSHA256", Tokens.HS256, CLAIMS, new byte[1]));
        tokens.put("no signature", SIGNED);
        tokens.put("zero signature", SIGNED + Tokens.base64(new byte[32]));
        tokens.put("half a signature", GOOD.substring(0, SIGNED.length() + 20));
        tokens.put("other claims, old signature", swapped());
        tokens.put("signature with idle bits", SIGNED + withIdleBits(GOOD.substring(SIGNED.length())));
    }

    private static String swapped() {
        String raised = Tokens.unsigned(Tokens.HS256, CLAIMS.replace("u1", "root"));
        return raised + "." + GOOD.substring(SIGNED.length());
    }

    /** The same bytes in other characters: the last one of 43 has two bits that mean nothing. */
    private static String withIdleBits(String signature) {
        char last = signature.charAt(signature.length() - 1);
        return signature.substring(0, signature.length() - 1) + (char) (last + 1);
    }

    private static void addClaims(Map<String, String> tokens) {
        claim(tokens, "exp missing", "\"iss\":\"https://issuer.test\",\"aud\":\"shop\"");
        claim(tokens, "exp now", START.substring(1) + ",\"exp\":" + NOW);
        claim(tokens, "exp past", START.substring(1) + ",\"exp\":" + (NOW - 3600));
        claim(tokens, "exp a text", START.substring(1) + ",\"exp\":\"" + (NOW + 60) + "\"");
        claim(tokens, "exp null", START.substring(1) + ",\"exp\":null");
        claim(tokens, "nbf to come", START.substring(1) + ",\"exp\":" + (NOW + 60) + ",\"nbf\":" + (NOW + 1));
        claim(
                tokens,
                "iss another",
                "\"iss\":\"https://issuer.test.evil.test\",\"aud\":\"shop\",\"exp\":" + (NOW + 60));
        claim(tokens, "iss missing", "\"aud\":\"shop\",\"exp\":" + (NOW + 60));
        claim(tokens, "iss a list", "\"iss\":[\"https://issuer.test\"],\"aud\":\"shop\",\"exp\":" + (NOW + 60));
        claim(tokens, "aud another", "\"iss\":\"https://issuer.test\",\"aud\":\"office\",\"exp\":" + (NOW + 60));
        claim(tokens, "aud missing", "\"iss\":\"https://issuer.test\",\"exp\":" + (NOW + 60));
        claim(tokens, "aud prefix", "\"iss\":\"https://issuer.test\",\"aud\":\"shopping\",\"exp\":" + (NOW + 60));
        claim(tokens, "claims twice", START.substring(1) + ",\"exp\":" + (NOW + 60) + ",\"iss\":\"https://evil.test\"");
        claim(tokens, "claims nested too deep", START.substring(1) + ",\"exp\":" + (NOW + 60) + ",\"x\":" + nested());
        tokens.put("claims a list", Tokens.of("[]"));
        tokens.put("claims a text", Tokens.of("\"u1\""));
        tokens.put("claims empty", Tokens.of(""));
    }

    private static void claim(Map<String, String> tokens, String name, String members) {
        tokens.put(name, Tokens.of("{" + members + "}"));
    }

    private static String nested() {
        return "[".repeat(200) + "]".repeat(200);
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String rs256() {
        String signed = Tokens.unsigned("{\"alg\":\"RS256\"}", CLAIMS);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(RSA.getPrivate());
            signature.update(signed.getBytes(US_ASCII));
            return signed + "." + Tokens.base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(RSA.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n").getBytes(US_ASCII);
    }
}
