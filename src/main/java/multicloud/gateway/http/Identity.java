package multicloud.gateway.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as an authorizer has made sure of it. Immutable.
 *
 * @param authorizer the alias of the authorizer that vouches for it
 * @param issuer who says so, or null
 * @param subject who it is, or null
 * @param scopes what it may do
 * @param claims everything that is said of it: texts, numbers, booleans, lists and maps of them, null
 */
public record Identity(
        String authorizer,
        @Nullable String issuer,
        @Nullable String subject,
        Set<String> scopes,
        Map<String, @Nullable Object> claims) {
    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Without the claims, which are nobody's business in a log. */
    @Override
    public String toString() {
        return "Identity[" + authorizer + "]";
    }
}
