package multicloud.gateway.auth;

import java.time.InstantSource;
import multicloud.gateway.config.AuthorizerConfig;

/** Makes authorizers of what a document says. */
public final class Authorizers {
    private Authorizers() {}

    /** The authorizer; {@code clock} is the wall clock. */
    public static Authorizer of(AuthorizerConfig config, InstantSource clock) {
        return switch (config) {
            case AuthorizerConfig.ApiKey keys -> new ApiKeyAuthorizer(keys);
            case AuthorizerConfig.Iam callers -> new IamAuthorizer(callers);
            case AuthorizerConfig.Jwt jwt -> new JwtAuthorizer(jwt, clock);
        };
    }
}
