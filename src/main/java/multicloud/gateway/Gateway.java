package multicloud.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import multicloud.gateway.Explanation.CorsAnswer;
import multicloud.gateway.Explanation.Decision;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.TrustedProxy;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.integration.Reach;
import multicloud.gateway.policy.Cors;
import multicloud.gateway.policy.Policies;
import multicloud.gateway.policy.Policy;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Route;
import multicloud.gateway.route.RouteTable;
import multicloud.gateway.route.Router;
import multicloud.gateway.route.Routing;
import org.jspecify.annotations.Nullable;

/**
 * A document compiled into one function from an exchange to a response. Immutable and safe for use by many threads; a newer
 * document makes a new one, and the connections stay with the transport.
 */
public final class Gateway implements Handler {
    private final String version;
    private final Router router;
    private final @Nullable TrustedProxy proxy;
    private final @Nullable Cors cors;
    private final List<CompiledRoute> routes;
    private final Collection<Authorizer> authorizers;

    private Gateway(String version, Router router, Compiler compiler, List<CompiledRoute> routes) {
        this.version = version;
        this.router = router;
        this.proxy = compiler.proxy();
        this.cors = compiler.cors();
        this.routes = routes;
        this.authorizers = compiler.authorizers();
    }

    /**
     * Compiles a document.
     *
     * @param version what the log calls the document
     */
    public static Gateway compile(GatewayConfig config, String version, Lasting lasting) {
        Compiler compiler = new Compiler(config, lasting, new Serving(lasting));
        Gateway gateway = compile(config, version, compiler);
        lasting.targets().retain(compiler.servers());
        return gateway;
    }

    /** Compiles a document that is only asked about: its references may be unresolved, and nobody can be served. */
    public static Gateway forExplaining(GatewayConfig config) {
        Nobody nobody = new Nobody();
        return compile(config, "", new Compiler(config, Lasting.with(nobody), nobody));
    }

    private static Gateway compile(GatewayConfig config, String version, Compiler compiler) {
        List<CompiledRoute> routes =
                config.paths().stream().map(compiler::compile).toList();
        RouteTable table =
                RouteTable.of(routes.stream().map(CompiledRoute::route).toList());
        return new Gateway(version, new Router(table, config.general().cors() != null), compiler, routes);
    }

    /** What the log calls the document. */
    public String version() {
        return version;
    }

    /** Runs what a request needs beside the path that every request takes, so that the first one finds it loaded. */
    public void rehearse() {
        authorizers.forEach(Authorizer::rehearse);
    }

    @Override
    public Response handle(Exchange exchange) {
        exchange.notes().configVersion(version);
        Exchange seen = seen(exchange);
        return respond(router.route(seen), seen);
    }

    /** The exchange as the proxy in front saw it begin, if that is to be trusted. */
    private Exchange seen(Exchange exchange) {
        return proxy == null ? exchange : proxy.seen(exchange);
    }

    private Response respond(Routing routing, Exchange exchange) {
        return switch (routing) {
            case Routing.Served(Route route, Exchange read) -> {
                exchange.notes().route(route.config().pattern().text());
                yield route.handler().handle(read);
            }
            case Routing.Preflight(Route route, var taken) ->
                Policies.unrouted(null, asked -> corsOf(route).preflight(asked, taken))
                        .handle(exchange);
            case Routing.Options(Route route, var allowed) ->
                Policies.unrouted(null, asked -> corsOf(route).options(asked, allowed))
                        .handle(exchange);
            case Routing.Refused refused -> refuse(refused, exchange);
        };
    }

    /** The targets that the requests of each path may be sent to, in the document's order, in whatever way. */
    public List<List<Reach>> reaches() {
        return routes.stream().map(route -> route.integration().reaches()).toList();
    }

    /** What would become of an exchange, told by what would serve it; nobody is called, and no token is verified. */
    public Explanation explain(Exchange asked) {
        Exchange exchange = seen(asked);
        Routing routing = router.route(exchange);
        List<Candidate> others = router.others(exchange, routing);
        if (routing instanceof Routing.Served(Route route, Exchange read)) {
            return routes.get(route.index()).explain(read, others);
        }
        Response response = respond(routing, exchange);
        CorsAnswer said = corsOf(routing) == null ? null : CorsAnswer.of(response.headers());
        return new Explanation(new Decision(routing.chosen(), Map.of(), others), null, said, new Plan.Answer(response));
    }

    /** The CORS that an answer follows; null where the gateway has no say in it. */
    private @Nullable Cors corsOf(Routing routing) {
        Route route = routing instanceof Routing.Refused refused ? refused.near() : routing.chosen();
        return route == null ? cors : routes.get(route.index()).policies().cors();
    }

    private Cors corsOf(Route route) {
        Cors own = routes.get(route.index()).policies().cors();
        if (own == null) {
            throw new IllegalStateException("CORS is off for /paths/" + route.index());
        }
        return own;
    }

    private Response refuse(Routing.Refused refused, Exchange exchange) {
        Headers allow = refused.allowed().isEmpty()
                ? Headers.empty()
                : Headers.of("allow", String.join(", ", refused.allowed()));
        Cors own = corsOf(refused);
        Policy policy = own != null && refused.preflight() ? own.toRefusedPreflight() : own;
        return Policies.unrouted(policy, asked -> Answers.of(refused.failure(), asked, allow))
                .handle(exchange);
    }
}
