package multicloud.gateway;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import multicloud.gateway.Explanation.CorsAnswer;
import multicloud.gateway.Explanation.Decision;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Authorizers;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.CorsConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.FixedAnswer;
import multicloud.gateway.integration.Integration;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.integration.Proxying;
import multicloud.gateway.integration.UpstreamPath;
import multicloud.gateway.integration.UpstreamRequest;
import multicloud.gateway.mapping.HeaderMapping;
import multicloud.gateway.mapping.QueryMapping;
import multicloud.gateway.policy.Authentication;
import multicloud.gateway.policy.BodyLimit;
import multicloud.gateway.policy.Cors;
import multicloud.gateway.policy.Policies;
import multicloud.gateway.policy.Policy;
import multicloud.gateway.policy.ResponseMapping;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Route;
import multicloud.gateway.route.RouteTable;
import multicloud.gateway.route.Router;
import multicloud.gateway.route.Routing;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;
import org.jspecify.annotations.Nullable;

/**
 * A document compiled into one function from an exchange to a response. Immutable and safe for use by many threads; a newer
 * document makes a new one, and the connections stay with the transport.
 */
public final class Gateway implements Handler {
    private final String version;
    private final Router router;
    private final @Nullable Cors cors;
    private final List<CompiledRoute> routes;
    private final Collection<Authorizer> authorizers;

    private Gateway(String version, Router router, Compiler compiler, List<CompiledRoute> routes) {
        this.version = version;
        this.router = router;
        this.cors = compiler.cors;
        this.routes = routes;
        this.authorizers = List.copyOf(compiler.authorizers.values());
    }

    /**
     * Compiles a document.
     *
     * @param version what the log calls the document
     * @param clock the wall clock
     */
    public static Gateway compile(GatewayConfig config, String version, Transport transport, InstantSource clock) {
        return compile(
                config, version, new Compiler(config, transport, authorizer -> Authorizers.of(authorizer, clock)));
    }

    /** Compiles a document that is only asked about: its references may be unresolved, and nobody can be served. */
    public static Gateway forExplaining(GatewayConfig config) {
        Nobody nobody = new Nobody();
        return compile(config, "", new Compiler(config, nobody, authorizer -> nobody));
    }

    private static Gateway compile(GatewayConfig config, String version, Compiler compiler) {
        List<CompiledRoute> routes =
                config.paths().stream().map(compiler::compile).toList();
        RouteTable table =
                RouteTable.of(routes.stream().map(CompiledRoute::route).toList());
        return new Gateway(version, new Router(table, config.cors() != null), compiler, routes);
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
        return respond(router.route(exchange), exchange);
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

    /** What would become of an exchange, told by what would serve it; nobody is called, and no token is verified. */
    public Explanation explain(Exchange exchange) {
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

    /** What is shared by the routes of a document while they are compiled. */
    private static final class Compiler {
        private final Transport transport;
        private final @Nullable CorsConfig corsConfig;
        private final @Nullable Cors cors;
        private final Map<String, Server> servers = new HashMap<>();
        private final Map<String, AuthorizerConfig> authorizerConfigs = new HashMap<>();
        private final Map<String, Authorizer> authorizers = new HashMap<>();
        private final Function<AuthorizerConfig, Authorizer> toAuthorizer;

        Compiler(GatewayConfig config, Transport transport, Function<AuthorizerConfig, Authorizer> toAuthorizer) {
            this.transport = transport;
            this.toAuthorizer = toAuthorizer;
            this.corsConfig = config.cors();
            this.cors = corsConfig == null ? null : new Cors(corsConfig);
            config.servers().forEach(server -> servers.put(server.alias(), server(server)));
            config.authorizers().forEach(authorizer -> authorizerConfigs.put(authorizer.alias(), authorizer));
        }

        /** Reading this method is reading the gateway. */
        CompiledRoute compile(PathConfig path) {
            PathPattern pattern = path.route().pattern();
            PathConfig.PolicyConfig policies = path.policies();
            MappingConfig mapping = policies.mapping();
            Integration integration = switch (path.integration()) {
                case HttpProxy proxy ->
                    new Proxying(
                            named(servers, proxy.server()),
                            new UpstreamRequest(
                                    UpstreamPath.of(pattern, proxy.rewrite()),
                                    QueryMapping.of(mapping.query(), pattern),
                                    HeaderMapping.of(mapping.headers(), pattern)),
                            policies.timeouts(),
                            transport);
                case StaticAnswer answer -> new FixedAnswer(answer);
            };
            Policies around = new Policies(
                    cors(policies.cors()),
                    authentication(policies.auth()),
                    new BodyLimit(policies.bodyLimit()),
                    new ResponseMapping(HeaderMapping.of(mapping.responseHeaders(), pattern)));
            return CompiledRoute.of(path, around, integration);
        }

        private @Nullable Cors cors(@Nullable CorsConfig config) {
            return config == null ? null : config.equals(corsConfig) ? cors : new Cors(config);
        }

        /** Only what some path needs is made: the library behind an authorizer takes long to load. */
        private @Nullable Authentication authentication(@Nullable AuthConfig config) {
            if (config == null) {
                return null;
            }
            Authorizer authorizer = authorizers.computeIfAbsent(
                    config.authorizer(), alias -> toAuthorizer.apply(named(authorizerConfigs, alias)));
            return new Authentication(authorizer, config);
        }

        private static <T> T named(Map<String, T> things, String alias) {
            T thing = things.get(alias);
            if (thing == null) {
                throw new IllegalArgumentException("nothing has the alias " + alias);
            }
            return thing;
        }

        private static Server server(ServerConfig server) {
            List<Target> targets = new ArrayList<>();
            for (TargetConfig target : server.targets()) {
                BaseUrl url = target.url();
                AddressRule addresses =
                        url.literal() || server.allowPrivateAddresses() ? AddressRule.PRIVATE : AddressRule.PUBLIC;
                targets.add(new Target(
                        target.name(),
                        new Target.Address(new Origin(url.secure(), url.host(), url.port(), addresses), url.path()),
                        new Target.Place(target.place().cloud(), target.place().region()),
                        new Target.Turn(target.priority(), target.weight())));
            }
            return new Server(server.alias(), targets, server.timeouts());
        }
    }
}
