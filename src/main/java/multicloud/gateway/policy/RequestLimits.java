package multicloud.gateway.policy;

import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/** Refuses a target or headers that are too large, and a query that could be read in two ways. */
public final class RequestLimits implements Policy {
    static final int MAX_PATH = 8 * 1024;
    static final int MAX_QUERY = 16 * 1024;
    static final int MAX_HEADERS = 100;
    static final int MAX_HEADER_BYTES = 64 * 1024;

    @Override
    public Handler around(Handler next) {
        return exchange -> {
            Failure failure = check(exchange);
            return failure == null ? next.handle(exchange) : Answers.of(failure, exchange);
        };
    }

    private static @Nullable Failure check(Exchange exchange) {
        RequestTarget target = exchange.request().target();
        String query = target.query();
        if (target.path().length() > MAX_PATH || query != null && query.length() > MAX_QUERY) {
            return Failure.TARGET_TOO_LONG;
        }
        if (tooLarge(exchange.request().headers())) {
            return Failure.HEADERS_TOO_LARGE;
        }
        return query != null && !isCleanQuery(query) ? Failure.MALFORMED_REQUEST : null;
    }

    private static boolean tooLarge(Headers headers) {
        if (headers.size() > MAX_HEADERS) {
            return true;
        }
        int bytes = 0;
        for (int i = 0; i < headers.size(); i++) {
            bytes += headers.name(i).length() + headers.value(i).length();
        }
        return bytes > MAX_HEADER_BYTES;
    }

    /** A query may hold anything printable but a fragment: what is not would be read differently behind the gateway. */
    private static boolean isCleanQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }
}
