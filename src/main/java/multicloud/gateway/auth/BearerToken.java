package multicloud.gateway.auth;

import java.util.List;
import multicloud.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/** Reads bearer tokens (RFC 6750, section 2.1), and asks for them (section 3). */
final class BearerToken {
    private static final String SCHEME = "bearer ";
    private static final String CHALLENGE = "Bearer";

    private BearerToken() {}

    /** The token, or null where there is none, or more than one, or what there is is none. */
    static @Nullable String of(Headers headers) {
        return of(headers.all("authorization"));
    }

    /** The token among the values of a field. */
    static @Nullable String of(List<String> values) {
        String value = values.size() == 1 ? values.getFirst() : "";
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = value.substring(SCHEME.length()).strip();
        return isToken(token) ? token : null;
    }

    /** Whether it has the characters of b64token alone: a comma, which is what Lambda makes of two fields, is none. */
    static boolean isToken(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !(c >= '0' && c <= '9') && "-._~+/=".indexOf(c) < 0) {
                return false;
            }
        }
        return !token.isEmpty();
    }

    /** Asks for a token. */
    static String challenge() {
        return CHALLENGE;
    }

    /** Asks for another token than the one that came. */
    static String invalid(String description) {
        return CHALLENGE + " error=\"invalid_token\", error_description=\"" + description + "\"";
    }

    /** Asks for a token that may do more. */
    static String insufficientScope(List<String> scopes) {
        return CHALLENGE + " error=\"insufficient_scope\""
                + (scopes.isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes) + "\"");
    }
}
