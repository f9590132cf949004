package multicloud.gateway.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people log in (OpenID Connect Core 1.0, section 3.1; PKCE, RFC 7636).
 *
 * @param provider whom they log in with
 * @param client what the provider knows the gateway as
 * @param stateCheck whether a login may end only in the browser that began it; default true
 * @param returnTo the origins that a browser may be sent back to; default none
 */
public record LoginConfig(Provider provider, Client client, boolean stateCheck, List<String> returnTo) {
    public LoginConfig {
        returnTo = List.copyOf(returnTo);
    }

    /** Who knows people. */
    public sealed interface Provider {
        /** Where it is. */
        EndpointUrl address();
    }

    /** A tenant of Auth0, whose endpoints are known; {@code domain} is its base. */
    public record Auth0(EndpointUrl domain) implements Provider {
        @Override
        public EndpointUrl address() {
            return domain;
        }
    }

    /** Any issuer that says where its endpoints are. */
    public record OpenId(KeyConfig.Discovered configuration) implements Provider {
        @Override
        public EndpointUrl address() {
            return configuration.url();
        }
    }

    /**
     * What the provider knows the gateway as.
     *
     * @param redirectUri where the provider sends browsers back to: a path that ends in the callback
     * @param audience for whom access tokens are asked for, or null
     */
    public record Client(
            String id,
            Secret secret,
            String redirectUri,
            String scope,
            @Nullable String audience) {}
}
