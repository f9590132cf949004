package multicloud.gateway.auth;

import java.io.IOException;
import java.util.Map;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 3), whole and held to whom it must be of. Immutable.
 *
 * @param members as they came
 * @param by where it came from
 */
record OpenIdConfiguration(Map<String, @Nullable Object> members, Endpoint by) {
    /**
     * Reads it.
     *
     * @throws FetchException when it is another issuer's (section 4.3), or none
     */
    static OpenIdConfiguration of(IssuerClient.Answer answer, String issuer, Endpoint by) throws FetchException {
        Map<String, @Nullable Object> members = answer.json();
        if (!issuer.equals(members.get("issuer"))) {
            throw new FetchException(Failure.KEYS_MALFORMED);
        }
        return new OpenIdConfiguration(members, by);
    }

    /**
     * An endpoint by its name there.
     *
     * @throws FetchException when there is none, or none that may be asked
     */
    Endpoint endpoint(String name) throws FetchException {
        try {
            return Endpoint.named(text(name), by);
        } catch (IOException e) {
            throw new FetchException(Failure.KEYS_MALFORMED);
        }
    }

    /**
     * A text by its name there.
     *
     * @throws FetchException when there is none
     */
    String text(String name) throws FetchException {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new FetchException(Failure.KEYS_MALFORMED);
    }
}
