package multicloud.gateway.config;

import java.time.Duration;
import java.util.List;

/** An authorizer: {@code authorizer}, whose alias is {@code default}, or an entry of {@code authorizers}. */
public sealed interface AuthorizerConfig {
    /** The alias of the one that stands in {@code authorizer}. */
    String DEFAULT = "default";

    /** The name that paths use. */
    String alias();

    /**
     * Tokens signed with a shared secret (JWT, RFC 7519; JWS, RFC 7515).
     *
     * @param algorithm the only one that is accepted (RFC 7518, section 3.1)
     * @param secret at least as long as the algorithm's hash
     */
    record Jwt(String alias, String algorithm, Secret secret, Expected expected) implements AuthorizerConfig {}

    /**
     * What a token must say.
     *
     * @param issuer its {@code iss}
     * @param audiences one of them must be in its {@code aud}
     * @param leeway by how much clocks may differ; default 0 s
     * @param requireExp whether it must say when it ends; default true
     */
    record Expected(String issuer, List<String> audiences, Duration leeway, boolean requireExp) {
        public Expected {
            audiences = List.copyOf(audiences);
        }
    }
}
