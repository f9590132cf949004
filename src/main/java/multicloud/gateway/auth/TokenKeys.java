package multicloud.gateway.auth;

import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** The keys of an issuer. Safe for use by many threads. */
interface TokenKeys {
    /**
     * The one key that a token may have been signed with.
     *
     * @param id what the token calls it; null where it does not say
     * @param deadline by when it must be found, where somebody has to be asked
     */
    Found find(Algorithm algorithm, @Nullable String id, Deadline deadline);

    /** What a search comes to. */
    sealed interface Found {
        record Key(SignatureVerifier verifier) implements Found {}

        record None(Failure failure) implements Found {}
    }
}
