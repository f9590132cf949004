package multicloud.gateway.http;

/**
 * A response, of an upstream or of the gateway itself. Whoever gets one reads its body to the end or closes it.
 *
 * @param status from 200 to 599; interim answers (1xx) never get here
 */
public record Response(int status, Headers headers, Body body) {

    /** The same response with other headers. */
    public Response withHeaders(Headers newHeaders) {
        return new Response(status, newHeaders, body);
    }

    /** The same response with another body. */
    public Response withBody(Body newBody) {
        return new Response(status, headers, newBody);
    }
}
