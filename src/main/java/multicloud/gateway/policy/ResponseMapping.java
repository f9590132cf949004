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
