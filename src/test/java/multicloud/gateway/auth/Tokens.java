package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens made by hand, good and forged, without the library that verifies them. */
public final class Tokens {
    public static final String SECRET = "a secret that is as long as its hash";
    public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private Tokens() {}

    /** A token of that header and those claims, signed with HS256. */
    public static String hs256(String header, String claims, String secret) {
        return hs256(header.getBytes(UTF_8), claims.getBytes(UTF_8), secret);
    }

    /** A token of those bytes, signed with HS256. */
    static String hs256(byte[] header, byte[] claims, String secret) {
        return signed("HmacSHA256", base64(header) + "." + base64(claims), secret.getBytes(UTF_8));
    }

    /** A token signed with any hash and any bytes. */
    static String hmac(String hash, String header, String claims, byte[] key) {
        return signed(hash, unsigned(header, claims), key);
    }

    private static String signed(String hash, String parts, byte[] key) {
        try {
            Mac mac = Mac.getInstance(hash);
            mac.init(new SecretKeySpec(key, hash));
            return parts + "." + base64(mac.doFinal(parts.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A good token with those claims. */
    public static String of(String claims) {
        return hs256(HS256, claims, SECRET);
    }

    /** The two parts of a token that are signed. */
    static String unsigned(String header, String claims) {
        return base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
