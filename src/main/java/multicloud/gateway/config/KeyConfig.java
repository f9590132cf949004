package multicloud.gateway.config;

import multicloud.gateway.jose.JwkSet;

/** Where the keys come from that tokens are verified with: always from the document, never from a token. */
public sealed interface KeyConfig {
    /** A secret that issuer and gateway share, as long as the hash of each algorithm. */
    record Shared(Secret secret) implements KeyConfig {}

    /** Public keys in the document. */
    record Inline(JwkSet set) implements KeyConfig {}

    /** Public keys that are fetched and fetched again. */
    sealed interface Fetched extends KeyConfig {}

    /** From the issuer's set of keys (RFC 7517, section 5). */
    record Remote(EndpointUrl url) implements Fetched {}

    /**
     * From the set that the issuer's OpenID configuration names (OpenID Connect Discovery 1.0, section 4).
     *
     * @param issuer whom the configuration must be of
     */
    record Discovered(EndpointUrl url, String issuer) implements Fetched {}
}
