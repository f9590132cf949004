package multicloud.gateway.policy;

import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;
import multicloud.gateway.mapping.HeaderMapping;

/** Sets header fields of the answers, whoever gives them. */
public final class ResponseMapping implements Policy {
    private final HeaderMapping mapping;

    public ResponseMapping(HeaderMapping mapping) {
        this.mapping = mapping;
    }

    /** The same for requests that are only asked about: with what is known of the values. */
    Policy shown() {
        return next -> exchange -> {
            Response response = next.handle(exchange);
            return response.withHeaders(mapping.applyShown(response.headers(), exchange));
        };
    }

    @Override
    public Handler around(Handler next) {
        if (mapping.isEmpty()) {
            return next;
        }
        return exchange -> {
            Response response = next.handle(exchange);
            return response.withHeaders(mapping.apply(response.headers(), exchange));
        };
    }
}
