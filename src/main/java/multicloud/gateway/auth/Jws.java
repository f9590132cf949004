package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import multicloud.gateway.jose.JsonMap;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in its compact form (RFC 7515, section 3.1), read but not verified.
 *
 * @param header protected by the signature
 * @param payload decoded
 * @param signature as it came, in base64url
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
record Jws(Map<String, @Nullable Object> header, byte[] signed, byte[] payload, String signature) {
    /** The longest token that is looked at, in characters. */
    static final int LONGEST = 16 * 1024;

    private static final Base64.Encoder WRITTEN = Base64.getUrlEncoder().withoutPadding();

    /** Members of a header by which a token would bring its own key, or change how it is to be read. */
    private static final List<String> REFUSED = List.of("crit", "b64", "jwk", "jku", "x5u", "x5c");

    /**
     * Reads a token.
     *
     * @throws IOException when it is none: five parts, an extension (section 4.1.11), a key of its own
     */
    static Jws read(String token) throws IOException {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (token.length() > LONGEST || first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new IOException("not three parts");
        }
        Map<String, @Nullable Object> header = JsonMap.read(decode(token.substring(0, first)));
        for (String member : REFUSED) {
            if (header.containsKey(member)) {
                throw new IOException("a header with " + member);
            }
        }
        if (header.containsKey("kid") && !(header.get("kid") instanceof String)) {
            throw new IOException("a name of a key that is no text");
        }
        byte[] signed = token.substring(0, second).getBytes(US_ASCII);
        byte[] payload = decode(token.substring(first + 1, second));
        String signature = token.substring(second + 1);
        decode(signature);
        return new Jws(header, signed, payload, signature);
    }

    /** The algorithm the header names, or null. */
    @Nullable
    String algorithm() {
        return header.get("alg") instanceof String name ? name : null;
    }

    /** What the header calls the key, or null. */
    @Nullable
    String keyId() {
        return header.get("kid") instanceof String name ? name : null;
    }

    /** Nothing of the token, which is as good as a password. */
    @Override
    public String toString() {
        return "Jws[***]";
    }

    /** The bytes, of which there is one spelling: no padding, no bits to spare (RFC 4648, section 3.5). */
    private static byte[] decode(String base64url) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException e) {
            throw new IOException("no base64url", e);
        }
        if (!WRITTEN.encodeToString(bytes).equals(base64url)) {
            throw new IOException("base64url that is written in another way");
        }
        return bytes;
    }
}
