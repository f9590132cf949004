package multicloud.gateway.auth;

import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** Keys that an issuer publishes. A key that is not among them has the issuer asked again, but not by every token. */
final class RemoteKeys implements TokenKeys {
    private final Remembered<KnownKeys> remembered;

    RemoteKeys(Remembered<KnownKeys> remembered) {
        this.remembered = remembered;
    }

    @Override
    public Found find(Algorithm algorithm, @Nullable String id, Deadline deadline) {
        try {
            KnownKeys keys = remembered.get(deadline);
            Found found = keys.find(algorithm, id);
            return found instanceof Found.None(Failure failure) && failure == Failure.KEY_NOT_FOUND
                    ? remembered.getNewer(keys, deadline).find(algorithm, id)
                    : found;
        } catch (FetchException e) {
            return new Found.None(e.failure());
        }
    }
}
