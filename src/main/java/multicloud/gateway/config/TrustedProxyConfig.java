package multicloud.gateway.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code trusted_proxy}: a proxy in front whose word on who asks is taken, if it shows a secret. Names of fields are in lower case.
 *
 * @param clientIp the field with the viewer's address; null where it says nothing of it
 * @param host the field with the host the viewer asked for; null where it says nothing of it
 * @param proto the field with the scheme the viewer used; null where it says nothing of it
 */
public record TrustedProxyConfig(
        Proof proof,
        @Nullable String clientIp,
        @Nullable String host,
        @Nullable String proto) {
    /** The names of all its fields. */
    public List<String> fields() {
        return Stream.of(proof.header(), clientIp, host, proto)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What the proxy shows.
     *
     * @param header the field
     * @param secrets the values that are taken: several while one takes the place of another
     */
    public record Proof(String header, List<Secret> secrets) {
        public Proof {
            secrets = List.copyOf(secrets);
        }
    }
}
