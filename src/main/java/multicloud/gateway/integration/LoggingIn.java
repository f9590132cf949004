package multicloud.gateway.integration;

import java.util.List;
import java.util.Map;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;
import multicloud.gateway.mapping.HeaderChanges;

/** A step of a login, for which a provider is asked. */
public final class LoggingIn implements Integration {
    private final Handler handler;
    private final Plan plan;

    /**
     * @param provider what explanations call it
     * @param url where it is
     */
    public LoggingIn(String provider, String method, String url, Handler handler) {
        this.handler = handler;
        this.plan = new Plan.Call(
                provider,
                method,
                List.of(new Plan.Destination(provider, url, 0, 1)),
                new HeaderChanges(Map.of(), List.of()));
    }

    @Override
    public Response handle(Exchange exchange) {
        return handler.handle(exchange);
    }

    /** A provider is no target: a path with a residency cannot end here. */
    @Override
    public List<Reach> reaches() {
        return List.of();
    }

    @Override
    public Plan plan(Exchange exchange) {
        return plan;
    }
}
