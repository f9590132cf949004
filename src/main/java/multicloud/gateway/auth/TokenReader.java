package multicloud.gateway.auth;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.TokenPlace;
import multicloud.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/** Takes a token from where the document says that requests carry it. */
final class TokenReader {
    private TokenReader() {}

    /** The token, or null where there is none, or more than one, or what there is is none. */
    static @Nullable String read(TokenPlace place, Headers headers) {
        return switch (place) {
            case TokenPlace.Bearer bearer -> BearerToken.of(headers);
            case TokenPlace.Field(String name) -> field(headers.all(name));
            case TokenPlace.Cookie(String name) -> only(cookies(headers, name));
        };
    }

    private static @Nullable String field(List<String> values) {
        String bearer = BearerToken.of(values);
        return bearer == null ? only(values) : bearer;
    }

    private static @Nullable String only(List<String> values) {
        String value = values.size() == 1 ? values.getFirst().strip() : "";
        return BearerToken.isToken(value) ? value : null;
    }

    /** The values of all cookies of that name (RFC 6265, section 4.2.1). */
    static List<String> cookies(Headers headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (String field : headers.all("cookie")) {
            for (int start = 0; start <= field.length(); ) {
                int semicolon = field.indexOf(';', start);
                int end = semicolon < 0 ? field.length() : semicolon;
                int equals = field.indexOf('=', start);
                if (equals >= 0
                        && equals < end
                        && field.substring(start, equals).strip().equals(name)) {
                    values.add(field.substring(equals + 1, end).strip());
                }
                start = end + 1;
            }
        }
        return values;
    }
}
