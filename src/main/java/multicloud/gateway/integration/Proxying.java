package multicloud.gateway.integration;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.Response;
import multicloud.gateway.upstream.Target;

/** Passes a request on to a server, and the answer of one of its targets back: status, headers and body as they are. */
public final class Proxying implements Integration {
    private final Upstream upstream;

    public Proxying(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response handle(Exchange exchange) {
        exchange.notes().server(upstream.server().alias());
        if (exchange.deadline().passed()) {
            return Answers.of(Failure.UPSTREAM_TIMEOUT, exchange);
        }
        UpstreamRequest.Ready request;
        try {
            request = upstream.requests().of(exchange);
        } catch (AmbiguousPath e) {
            return Answers.of(Failure.MALFORMED_REQUEST, exchange);
        }
        long began = exchange.notes().elapsedNanos();
        try {
            return new Attempts(upstream, exchange, request).run();
        } finally {
            exchange.notes().waited(exchange.notes().elapsedNanos() - began);
        }
    }

    @Override
    public Plan plan(Exchange exchange) {
        List<Plan.Destination> destinations = new ArrayList<>();
        try {
            for (Target target : upstream.server().targets()) {
                destinations.add(new Plan.Destination(
                        target.name(),
                        upstream.requests().url(target, exchange),
                        target.turn().priority(),
                        upstream.server().share(target)));
            }
        } catch (AmbiguousPath e) {
            return new Plan.Answer(Answers.of(Failure.MALFORMED_REQUEST, exchange));
        }
        return new Plan.Call(
                upstream.server().alias(),
                exchange.request().method(),
                destinations,
                upstream.requests().headers().changes(exchange));
    }

    @Override
    public List<Reach> reaches() {
        return Reach.of(Reach.Means.REQUEST, upstream);
    }
}
