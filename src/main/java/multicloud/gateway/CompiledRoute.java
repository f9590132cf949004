package multicloud.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import multicloud.gateway.Explanation.CorsAnswer;
import multicloud.gateway.Explanation.Decision;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.Integration;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.policy.Authentication;
import multicloud.gateway.policy.Policies;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A route and its parts: what serves its requests is composed of them, and so is what says beforehand what would become of one.
 * Immutable and safe for use by many threads.
 */
record CompiledRoute(Route route, Policies policies, Integration integration) {
    /** Stands for what an upstream answers, of which nothing is known. */
    private static final Response UNKNOWN = new Response(200, Headers.empty(), Body.absent());

    static CompiledRoute of(PathConfig path, Policies policies, Integration integration) {
        Route route = new Route(path.index(), path.route(), policies.cors() != null, policies.around(integration));
        return new CompiledRoute(route, policies, integration);
    }

    /**
     * What would become of an exchange that it takes, and whose sender is let in.
     *
     * @param others the routes that do not take it
     */
    Explanation explain(Exchange exchange, List<Candidate> others) {
        AtomicReference<@Nullable Plan> reached = new AtomicReference<>();
        Response answer = policies.aroundPlan(asked -> {
                    Plan plan = integration.plan(asked);
                    reached.set(plan);
                    return switch (plan) {
                        case Plan.Call call -> UNKNOWN;
                        case Plan.Answer(Response response) -> response;
                    };
                })
                .handle(exchange);
        Throwable bug = exchange.notes().fault();
        if (bug != null) {
            throw new IllegalStateException("a bug of the explanation", bug);
        }
        Authentication authentication = policies.authentication();
        return new Explanation(
                new Decision(route, route.config().pattern().parameters(exchange.path()), others),
                authentication == null ? null : authentication.demand(),
                policies.cors() == null ? null : CorsAnswer.of(answer.headers()),
                reached.get() instanceof Plan.Call call ? call : new Plan.Answer(answer));
    }
}
