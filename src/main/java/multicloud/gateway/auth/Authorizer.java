package multicloud.gateway.auth;

import java.util.List;
import multicloud.gateway.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Makes sure of who sends a request. Nothing it cannot make sure of is let through. Safe for use by many threads. */
public interface Authorizer {
    /** Who sends this one, or why that is not known. */
    Verdict authorize(Exchange exchange);

    /** Asks for somebody with these scopes, as WWW-Authenticate has it; null where the authorizer's scheme has no way to. */
    default @Nullable String insufficientScope(List<String> scopes) {
        return null;
    }

    /** Runs its code once without a request, so that the first request finds it loaded. */
    default void rehearse() {}
}
