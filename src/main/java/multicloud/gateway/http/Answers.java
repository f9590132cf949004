package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The gateway's own answers to failures: JSON with the request's id, and never a stack trace, an address or a secret. */
public final class Answers {
    /** The field that carries the request's id, upstream and in the gateway's own answers. */
    public static final String REQUEST_ID = "x-request-id";

    private static final String CORS = "access-control-";

    private Answers() {}

    /** The answer to a failure; its code is noted for the log. */
    public static Response of(Failure failure, Exchange exchange) {
        return of(failure, exchange, Headers.empty());
    }

    /**
     * The answer to a failure that comes to light while an answer is being written: in its place, for the same reader, so with what it
     * says about CORS and caches.
     */
    public static Response insteadOf(Response response, Failure failure, Exchange exchange) {
        Headers.Builder kept = Headers.builder();
        response.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("vary") || name.regionMatches(true, 0, CORS, 0, CORS.length())) {
                kept.add(name, value);
            }
        });
        return of(failure, exchange, kept.build());
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

    /** An answer whose status is somebody else's; the code is noted for the log. */
    public static Response of(int status, String code, String message, Exchange exchange) {
        exchange.notes().code(code);
        Headers headers =
                Headers.of("content-type", "application/json", "cache-control", "no-store", REQUEST_ID, exchange.id());
        String json = status == 401 || status == 403
                ? "{\"error\":\"" + message + "\",\"code\":\"" + code + "\"}"
                : "{\"message\":\"" + message + "\",\"code\":\"" + code + "\",\"request_id\":\"" + exchange.id()
                        + "\"}";
        return new Response(status, headers, Body.of(json.getBytes(UTF_8)));
    }

    private static String json(Failure failure, String id) {
        if (failure.isRefusedByAuth()) {
            return "{\"error\":\"" + failure.message() + "\",\"code\":\"" + failure.code() + "\"}";
        }
        String message = "{\"message\":\"" + failure.message() + "\"";
        return switch (failure) {
            case NO_ROUTE, NO_CONFIG, INTERNAL -> message + "}";
            default -> message + ",\"code\":\"" + failure.code() + "\",\"request_id\":\"" + id + "\"}";
        };
    }
}
