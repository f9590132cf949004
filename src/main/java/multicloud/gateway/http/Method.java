package multicloud.gateway.http;

import org.jspecify.annotations.Nullable;

/** The methods the gateway knows (RFC 9110, section 9; PATCH: RFC 5789). Any other is answered with 501. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /** Whether doing it twice does what doing it once does (RFC 9110, section 9.2.2). */
    public static boolean isIdempotent(String token) {
        return switch (token) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    /** Whether it asks for nothing but an answer (RFC 9110, section 9.2.1). */
    public static boolean isSafe(String token) {
        return switch (token) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    /** Its place in a table of all methods. */
    @SuppressWarnings("EnumOrdinal") // the index of an array within one process, never stored
    public int index() {
        return ordinal();
    }

    /** The method of that token, or null; tokens are compared with regard to case. */
    public static @Nullable Method of(String token) {
        return switch (token) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> null;
        };
    }
}
