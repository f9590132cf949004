package multicloud.gateway.auth;

import java.io.IOException;
import java.time.InstantSource;
import multicloud.gateway.config.KeyConfig;
import multicloud.gateway.config.KeyConfig.Discovered;
import multicloud.gateway.config.KeyConfig.Fetched;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.jose.JwkSet;
import multicloud.gateway.transport.Transport;

/**
 * What is known of issuers: their keys and configurations. It outlives documents, so that a changed one loses no keys; what no
 * document uses any more is let go of. Safe for use by many threads.
 */
public final class Issuers {
    private final IssuerClient client;
    private final InstantSource clock;
    private final Shared<Fetched, Remembered<KnownKeys>> keys = new Shared<>();
    private final Shared<Discovered, Remembered<OpenIdConfiguration>> configurations = new Shared<>();

    /** With nothing known; {@code clock} is the wall clock. */
    public Issuers(Transport transport, InstantSource clock) {
        this(transport, clock, IssuerClient.TIMEOUTS);
    }

    Issuers(Transport transport, InstantSource clock, Timeouts timeouts) {
        this.client = new IssuerClient(transport, timeouts);
        this.clock = clock;
    }

    /** What asks them. */
    IssuerClient client() {
        return client;
    }

    /** The keys of an issuer, which is asked at once where they are not known yet; nobody waits for that. */
    TokenKeys keys(Fetched where) {
        Remembered<KnownKeys> remembered = keys.get(where, () -> new Remembered<>(source(where), clock));
        remembered.prepare();
        return new RemoteKeys(remembered);
    }

    /** What an issuer says of itself. */
    Remembered<OpenIdConfiguration> configuration(Discovered where) {
        Endpoint endpoint = Endpoint.of(where.url());
        return configurations.get(
                where,
                () -> new Remembered<>(
                        deadline -> OpenIdConfiguration.of(client.get(endpoint, deadline), where.issuer(), endpoint),
                        clock));
    }

    private Remembered.Source<KnownKeys> source(Fetched where) {
        return switch (where) {
            case KeyConfig.Remote(var url) -> {
                Endpoint endpoint = Endpoint.of(url);
                yield deadline -> fetch(endpoint, deadline);
            }
            case Discovered discovered -> {
                Remembered<OpenIdConfiguration> configuration = configuration(discovered);
                yield deadline -> fetch(configuration.get(deadline).endpoint("jwks_uri"), deadline);
            }
        };
    }

    private KnownKeys fetch(Endpoint endpoint, Deadline deadline) throws FetchException {
        try {
            JwkSet set = JwkSet.read(client.get(endpoint, deadline).body());
            if (set.keys().isEmpty()) {
                throw new FetchException(Failure.KEYS_MALFORMED);
            }
            return new KnownKeys(set);
        } catch (IOException e) {
            throw new FetchException(Failure.KEYS_MALFORMED);
        }
    }

    /** Waits for looks that are under way: a frozen environment would never finish them. */
    public void settle(Deadline deadline) {
        keys.all().forEach(each -> each.settle(deadline));
    }
}
