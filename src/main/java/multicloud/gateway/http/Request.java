package multicloud.gateway.http;

/**
 * A request, as a client sent it or as an upstream gets it.
 *
 * @param method the method token, as it came
 * @param target path and query, byte for byte
 */
public record Request(String method, RequestTarget target, Headers headers, Body body) {

    /** The same request with other headers. */
    public Request withHeaders(Headers newHeaders) {
        return new Request(method, target, newHeaders, body);
    }

    /** The same request with another body. */
    public Request withBody(Body newBody) {
        return new Request(method, target, headers, newBody);
    }
}
