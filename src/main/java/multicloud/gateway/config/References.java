package multicloud.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * Looks up what {@code $env.NAME} and {@code $secret.NAME} (or {@code $secrets.NAME}) stand for when a document is read.
 * Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface References {
    /** Looks nothing up: for a document whose environment is not at hand. A reference stays as it is, a secret is {@code ***}. */
    References UNRESOLVED = (kind, name) -> null;

    /** Looks nothing up either, and a secret too stays the reference it is: for a document that is compared with another. */
    References AS_WRITTEN = (kind, name) -> null;

    /** What kind of reference it is: a secret's value is never shown. */
    enum Kind {
        ENV,
        SECRET
    }

    /** The value, or null when there is none. */
    @Nullable
    String lookup(Kind kind, String name);
}
