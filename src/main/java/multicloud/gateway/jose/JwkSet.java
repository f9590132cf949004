package multicloud.gateway.jose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import multicloud.gateway.jose.Jwk.UnusableKey;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer (RFC 7517, section 5). Immutable.
 *
 * @param keys those that verify signatures, in the set's order
 * @param unusable why each of the others is not among them
 */
public record JwkSet(List<Jwk> keys, List<String> unusable) {
    /** More are more than any issuer has. */
    private static final int MOST = 200;

    public JwkSet {
        keys = List.copyOf(keys);
        unusable = List.copyOf(unusable);
    }

    /**
     * Reads a set; a key that cannot be used is left out, as section 5 wants it.
     *
     * @throws IOException when it is none
     */
    public static JwkSet read(byte[] json) throws IOException {
        if (!(JsonMap.read(json).get("keys") instanceof Collection<?> members)) {
            throw new IOException("no set of keys");
        }
        List<Jwk> keys = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        int index = 0;
        for (Object member : members) {
            if (index >= MOST || !(member instanceof Map<?, ?> key)) {
                throw new IOException("no set of keys");
            }
            String reason = add(key, keys);
            if (reason != null) {
                unusable.add("keys/" + index + ": " + reason);
            }
            index++;
        }
        return new JwkSet(keys, unusable);
    }

    private static @Nullable String add(Map<?, ?> key, List<Jwk> keys) {
        try {
            keys.add(Jwk.read(key));
            return null;
        } catch (UnusableKey e) {
            return e.getMessage();
        }
    }
}
