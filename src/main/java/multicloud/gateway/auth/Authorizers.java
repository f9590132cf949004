package multicloud.gateway.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.KeyConfig;
import multicloud.gateway.http.Failure;
import multicloud.gateway.jose.Algorithm;

/** Makes authorizers of what a document says. */
public final class Authorizers {
    private Authorizers() {}

    /** The authorizer; {@code clock} is the wall clock. */
    public static Authorizer of(AuthorizerConfig config, Issuers issuers, InstantSource clock) {
        return switch (config) {
            case AuthorizerConfig.ApiKey keys -> new ApiKeyAuthorizer(keys);
            case AuthorizerConfig.Iam callers -> new IamAuthorizer(callers);
            case AuthorizerConfig.Jwt jwt -> jwt(jwt, UnaryOperator.identity(), issuers, clock);
            case AuthorizerConfig.Login login -> jwt(login.token(), UnaryOperator.identity(), issuers, clock);
            case AuthorizerConfig.Supabase supabase -> jwt(supabase.token(), Authorizers::bySupabase, issuers, clock);
        };
    }

    private static Authorizer jwt(Jwt jwt, UnaryOperator<Failure> names, Issuers issuers, InstantSource clock) {
        TokenKeys keys = keys(jwt.keys(), jwt.algorithms(), issuers);
        return new JwtAuthorizer(
                jwt.place(), new TokenVerifier(jwt.alias(), jwt.algorithms(), keys, jwt.expected(), clock), names);
    }

    /** What those who know Supabase's tokens call a refusal. */
    private static Failure bySupabase(Failure failure) {
        return switch (failure) {
            case TOKEN_EXPIRED -> Failure.SUPABASE_TOKEN_EXPIRED;
            case TOKEN_NOT_YET -> Failure.SUPABASE_TOKEN_NOT_YET;
            default -> failure.isRefusedByAuth() ? Failure.SUPABASE_TOKEN_REFUSED : failure;
        };
    }

    /** The keys of an authorizer. */
    static TokenKeys keys(KeyConfig keys, List<Algorithm> algorithms, Issuers issuers) {
        return switch (keys) {
            case KeyConfig.Shared(var secret) -> new SharedSecret(secret, algorithms);
            case KeyConfig.Inline(var set) -> new KnownKeys(set);
            case KeyConfig.Fetched fetched -> issuers.keys(fetched);
        };
    }
}
