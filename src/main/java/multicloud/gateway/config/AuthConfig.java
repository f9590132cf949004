package multicloud.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a path lets in.
 *
 * @param authorizer the alias of the authorizer that says who somebody is
 * @param scopes all of them are needed
 * @param claims of each claim one of these values is needed
 */
public record AuthConfig(String authorizer, List<String> scopes, Map<String, List<String>> claims) {
    public AuthConfig {
        scopes = List.copyOf(scopes);
        claims = Map.copyOf(new LinkedHashMap<>(claims));
    }

    /** Of the claims the names alone: values may be secrets. */
    @Override
    public String toString() {
        return "AuthConfig[" + authorizer + ", scopes=" + scopes + ", claims=" + claims.keySet() + "]";
    }
}
