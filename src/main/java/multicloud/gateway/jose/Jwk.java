package multicloud.gateway.jose;

import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public key that verifies signatures (RFC 7517, section 4). Immutable.
 *
 * @param id by which tokens name it; null where they cannot
 * @param algorithm the only one it may be used with; null for every one of its type
 */
public record Jwk(
        @Nullable String id, KeyType type, @Nullable Algorithm algorithm, PublicKey key) {
    /** What only a key that signs has; its owner did not mean to show it. */
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** Whether it may be used with that algorithm. */
    public boolean fits(Algorithm asked) {
        return asked.keyType() == type && (algorithm == null || algorithm == asked);
    }

    /**
     * Reads a key.
     *
     * @throws UnusableKey when it is not one that verifies signatures
     */
    static Jwk read(Map<?, ?> members) throws UnusableKey {
        if (members.get("kty") instanceof String type && type.equals("oct")) {
            throw new UnusableKey("it is a shared secret, which no set of public keys has");
        }
        for (String member : PRIVATE) {
            if (members.containsKey(member)) {
                throw new UnusableKey("it is a private key: its owner alone has \"" + member + "\"");
            }
        }
        if (members.containsKey("use") && !"sig".equals(members.get("use"))) {
            throw new UnusableKey("its use is not \"sig\"");
        }
        if (members.containsKey("key_ops")
                && !(members.get("key_ops") instanceof Collection<?> operations && operations.contains("verify"))) {
            throw new UnusableKey("\"verify\" is not among its key_ops");
        }
        PublicKey key = PublicKeys.read(members);
        KeyType type = PublicKeys.type(key);
        String id = members.get("kid") instanceof String text ? text : null;
        return new Jwk(id, type, algorithm(members, type), key);
    }

    private static @Nullable Algorithm algorithm(Map<?, ?> members, KeyType type) throws UnusableKey {
        if (!members.containsKey("alg")) {
            return null;
        }
        Algorithm algorithm = Algorithm.of(members.get("alg"));
        if (algorithm == null || algorithm.keyType() != type) {
            throw new UnusableKey("its alg is no signature algorithm for such a key");
        }
        return algorithm;
    }

    /** A key that cannot be used here; the message says why. */
    static final class UnusableKey extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableKey(String message) {
            super(message, null, false, false);
        }
    }
}
