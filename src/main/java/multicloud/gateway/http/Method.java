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
