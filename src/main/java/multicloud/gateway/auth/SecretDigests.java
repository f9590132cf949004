package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The SHA-256 digests of secrets, which a value is compared with in a time that tells nothing of them: every one of them is looked at,
 * and each to its end. Immutable.
 */
final class SecretDigests {
    /** What is found where no secret is the value. */
    static final int NONE = -1;

    private final List<byte[]> digests;

    /** Of digests as they are. */
    SecretDigests(List<byte[]> digests) {
        this.digests = digests.stream().map(byte[]::clone).toList();
    }

    /** The place of the secret that the value is, as one char for each byte; else {@link #NONE}. */
    int find(String value) {
        byte[] digest = of(value);
        int found = NONE;
        for (int i = 0; i < digests.size(); i++) {
            if (MessageDigest.isEqual(digests.get(i), digest)) {
                found = i;
            }
        }
        return found;
    }

    /** The digest of a value given as one char for each byte. */
    static byte[] of(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
