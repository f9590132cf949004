package multicloud.gateway.auth;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Secret;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** A secret that issuer and gateway share: whatever a token calls its key. Immutable. */
final class SharedSecret implements TokenKeys {
    private final Map<Algorithm, Found> byAlgorithm = new EnumMap<>(Algorithm.class);

    SharedSecret(Secret secret, List<Algorithm> algorithms) {
        for (Algorithm algorithm : algorithms) {
            byAlgorithm.put(algorithm, new Found.Key(SignatureVerifier.of(algorithm, secret.reveal())));
        }
    }

    @Override
    public Found find(Algorithm algorithm, @Nullable String id, Deadline deadline) {
        return byAlgorithm.getOrDefault(algorithm, new Found.None(Failure.KEY_NOT_FOUND));
    }
}
