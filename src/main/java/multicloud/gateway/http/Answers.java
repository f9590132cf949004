package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The gateway's own answers to failures: JSON with the request's id, and never a stack trace, an address or a secret. */
public final class Answers {
    /** The field that carries the request's id, upstream and in the gateway's own answers. */
    public static final String REQUEST_ID = "x-request-id";

    private Answers() {}

    /** The answer to a failure; its code is noted for the log. */
    public static Response of(Failure failure, Exchange exchange) {
        return of(failure, exchange, Headers.empty());
    }

    /** The answer to a failure with further fields. */
    public static Response of(Failure failure, Exchange exchange, Headers more) {
        exchange.notes().code(failure.code());
        Headers.Builder headers = Headers.builder()
                .add("content-type", "application/json")
                .add("cache-control", "no-store")
                .add(REQUEST_ID, exchange.id());
        more.forEach(headers::add);
        return new Response(
                failure.status(),
                headers.build(),
                Body.of(json(failure, exchange.id()).getBytes(UTF_8)));
    }

    private static String json(Failure failure, String id) {
        String message = "{\"message\":\"" + failure.message() + "\"";
        return switch (failure) {
            case NO_ROUTE, NO_CONFIG, INTERNAL -> message + "}";
            default -> message + ",\"code\":\"" + failure.code() + "\",\"request_id\":\"" + id + "\"}";
        };
    }
}
