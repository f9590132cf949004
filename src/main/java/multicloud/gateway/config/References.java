package multicloud.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * Looks up what {@code $env.NAME} and {@code $secret.NAME} (or {@code $secrets.NAME}) stand for when a document is read.
 * Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface References {
    /** Leaves every reference as it is: for checking a document where its environment is not at hand. */
    References UNRESOLVED = (kind, name) -> null;

    /** What kind of reference it is: a secret's value is never shown. */
    enum Kind {
        ENV,
        SECRET
    }

    /** The value, or null when there is none. */
    @Nullable
    String lookup(Kind kind, String name);
}
