package multicloud.gateway.policy;

import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;

/** Says in an answer how long the gateway took for it, and how long upstreams did (Server Timing, W3C). */
public final class ServerTiming implements Policy {
    private static final long MICROS = 1_000;

    @Override
    public Handler around(Handler next) {
        return exchange -> {
            Response response = next.handle(exchange);
            return response.withHeaders(response.headers().toBuilder()
                    .add("server-timing", value(exchange))
                    .build());
        };
    }

    private static String value(Exchange exchange) {
        long upstream = exchange.notes().upstreamNanos();
        long gateway = Math.max(0, exchange.notes().elapsedNanos() - upstream);
        String own = "gateway;dur=" + millis(gateway);
        return upstream == 0 ? own : own + ", upstream;dur=" + millis(upstream);
    }

    private static String millis(long nanos) {
        long micros = nanos / MICROS;
        return micros / MICROS + "." + String.valueOf(MICROS + micros % MICROS).substring(1);
    }
}
