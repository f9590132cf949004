package multicloud.gateway.auth;

import java.util.Collection;
import multicloud.gateway.config.EndpointUrl;
import multicloud.gateway.config.LoginConfig;
import multicloud.gateway.http.Deadline;

/** Where a provider is asked for what. Safe for use by many threads. */
interface LoginProvider {
    /** What its codes begin with. */
    String code();

    /** Where browsers log in, without a query. */
    String authorization(Deadline deadline) throws FetchException;

    Endpoint token(Deadline deadline) throws FetchException;

    Endpoint userinfo(Deadline deadline) throws FetchException;

    /** Whether the client shows its secret in a field of its own (RFC 6749, section 2.3.1), not in the form. */
    boolean basic(Deadline deadline) throws FetchException;

    static LoginProvider of(LoginConfig.Provider provider, Issuers issuers) {
        return switch (provider) {
            case LoginConfig.Auth0(var domain) -> new Auth0(domain);
            case LoginConfig.OpenId(var configuration) -> new OpenId(issuers.configuration(configuration));
        };
    }

    /** A tenant of Auth0. */
    record Auth0(EndpointUrl domain) implements LoginProvider {
        @Override
        public String code() {
            return "AUTH0";
        }

        @Override
        public String authorization(Deadline deadline) {
            return domain.below("/authorize").toString();
        }

        @Override
        public Endpoint token(Deadline deadline) {
            return Endpoint.of(domain.below("/oauth/token"));
        }

        @Override
        public Endpoint userinfo(Deadline deadline) {
            return Endpoint.of(domain.below("/userinfo"));
        }

        @Override
        public boolean basic(Deadline deadline) {
            return false;
        }
    }

    /** Any other, by what it says of itself. */
    record OpenId(Remembered<OpenIdConfiguration> configuration) implements LoginProvider {
        @Override
        public String code() {
            return "OIDC";
        }

        @Override
        public String authorization(Deadline deadline) throws FetchException {
            OpenIdConfiguration known = configuration.get(deadline);
            known.endpoint("authorization_endpoint");
            return known.text("authorization_endpoint");
        }

        @Override
        public Endpoint token(Deadline deadline) throws FetchException {
            return configuration.get(deadline).endpoint("token_endpoint");
        }

        @Override
        public Endpoint userinfo(Deadline deadline) throws FetchException {
            return configuration.get(deadline).endpoint("userinfo_endpoint");
        }

        @Override
        public boolean basic(Deadline deadline) throws FetchException {
            Object methods = configuration.get(deadline).members().get("token_endpoint_auth_methods_supported");
            return !(methods instanceof Collection<?> some && some.contains("client_secret_post"));
        }
    }
}
