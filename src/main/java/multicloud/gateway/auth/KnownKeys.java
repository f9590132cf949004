package multicloud.gateway.auth;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.jose.Algorithm;
import multicloud.gateway.jose.Jwk;
import multicloud.gateway.jose.JwkSet;
import org.jspecify.annotations.Nullable;

/** Keys that are all there. What verifies by one is made when it is first asked for. Safe for use by many threads. */
final class KnownKeys implements TokenKeys {
    private final List<Entry> entries;

    KnownKeys(JwkSet set) {
        this.entries = set.keys().stream().map(Entry::new).toList();
    }

    @Override
    public Found find(Algorithm algorithm, @Nullable String id, Deadline deadline) {
        return find(algorithm, id);
    }

    Found find(Algorithm algorithm, @Nullable String id) {
        List<Entry> fitting = new ArrayList<>(1);
        for (Entry entry : entries) {
            if (entry.key.fits(algorithm) && (id == null || id.equals(entry.key.id()))) {
                fitting.add(entry);
            }
        }
        return switch (fitting.size()) {
            case 0 -> new Found.None(Failure.KEY_NOT_FOUND);
            case 1 -> new Found.Key(fitting.getFirst().verifier(algorithm));
            default -> new Found.None(Failure.KEY_AMBIGUOUS);
        };
    }

    private static final class Entry {
        private final Jwk key;
        private final Map<Algorithm, SignatureVerifier> verifiers = new EnumMap<>(Algorithm.class);

        Entry(Jwk key) {
            this.key = key;
        }

        synchronized SignatureVerifier verifier(Algorithm algorithm) {
            return verifiers.computeIfAbsent(algorithm, wanted -> SignatureVerifier.of(wanted, key));
        }
    }
}
