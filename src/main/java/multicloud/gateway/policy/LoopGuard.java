package multicloud.gateway.policy;

import java.util.List;
import java.util.Locale;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.upstream.ForwardedHeaders;

/** Stops a request that has passed this gateway twice before, as its CDN-Loop field says (RFC 8586). */
public final class LoopGuard implements Policy {
    private static final int MAX_PASSES = 2;

    @Override
    public Handler around(Handler next) {
        return exchange -> passes(exchange.request().headers()) >= MAX_PASSES
                ? Answers.of(Failure.LOOP_DETECTED, exchange)
                : next.handle(exchange);
    }

    private static int passes(Headers headers) {
        List<String> values = headers.all(ForwardedHeaders.LOOP);
        int passes = 0;
        for (String value : values) {
            for (String entry : value.split(",", -1)) {
                String id = entry.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                passes += id.equals(ForwardedHeaders.LOOP_ID) ? 1 : 0;
            }
        }
        return passes;
    }
}
