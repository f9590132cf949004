package multicloud.gateway.jose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A signature algorithm (RFC 7518, section 3.1; RFC 8037; RFC 9864). {@code none} is none. */
public enum Algorithm {
    HS256(KeyType.SECRET, 32),
    HS384(KeyType.SECRET, 48),
    HS512(KeyType.SECRET, 64),
    RS256(KeyType.RSA, 32),
    RS384(KeyType.RSA, 48),
    RS512(KeyType.RSA, 64),
    PS256(KeyType.RSA, 32),
    PS384(KeyType.RSA, 48),
    PS512(KeyType.RSA, 64),
    ES256(KeyType.P256, 32),
    ES384(KeyType.P384, 48),
    ES512(KeyType.P521, 64),
    EDDSA(KeyType.ED25519, 64);

    /** Every name there is; the last two are one algorithm's. */
    public static final List<String> NAMES = List.of(
            "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA", "Ed25519");

    private final KeyType keyType;
    private final int hashBytes;

    Algorithm(KeyType keyType, int hashBytes) {
        this.keyType = keyType;
        this.hashBytes = hashBytes;
    }

    /** The algorithm of that name, letter for letter; null where there is none. */
    public static @Nullable Algorithm of(@Nullable Object name) {
        if (!(name instanceof String text) || !NAMES.contains(text)) {
            return null;
        }
        return text.startsWith("Ed") ? EDDSA : valueOf(text);
    }

    /** The only keys that it takes. */
    public KeyType keyType() {
        return keyType;
    }

    /** How long its hash is, and so the shortest secret it takes (RFC 7518, section 3.2). */
    public int hashBytes() {
        return hashBytes;
    }
}
