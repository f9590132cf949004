package multicloud.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.FixedAnswer;
import multicloud.gateway.integration.Proxying;
import multicloud.gateway.integration.UpstreamPath;
import multicloud.gateway.policy.Policies;
import multicloud.gateway.route.Route;
import multicloud.gateway.route.RouteTable;
import multicloud.gateway.route.Router;
import multicloud.gateway.route.Routing;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;

/**
 * A document compiled into one function from an exchange to a response. Immutable and safe for use by many threads; a newer
 * document makes a new one, and the connections stay with the transport.
 */
public final class Gateway implements Handler {
    private final String version;
    private final Router router;

    private Gateway(String version, Router router) {
        this.version = version;
        this.router = router;
    }

    /**
     * Compiles a document.
     *
     * @param version what the log calls the document
     */
    public static Gateway compile(GatewayConfig config, String version, Transport transport) {
        Map<String, Server> servers = new HashMap<>();
        for (ServerConfig server : config.servers()) {
            servers.put(server.alias(), compile(server));
        }
        List<Route> routes = new ArrayList<>(config.paths().size());
        for (PathConfig path : config.paths()) {
            Handler integration = switch (path.integration()) {
                case HttpProxy proxy ->
                    new Proxying(
                            server(servers, proxy.server()),
                            UpstreamPath.of(path.route().pattern(), proxy.rewrite()),
                            path.timeouts(),
                            transport);
                case StaticAnswer answer -> new FixedAnswer(answer);
            };
            routes.add(new Route(path.index(), path.route(), false, Policies.of(path, integration)));
        }
        return new Gateway(version, new Router(RouteTable.of(routes), false));
    }

    private static Server server(Map<String, Server> servers, String alias) {
        Server server = servers.get(alias);
        if (server == null) {
            throw new IllegalArgumentException("no server " + alias);
        }
        return server;
    }

    private static Server compile(ServerConfig server) {
        List<Target> targets = new ArrayList<>();
        for (TargetConfig target : server.targets()) {
            BaseUrl url = target.url();
            AddressRule addresses =
                    url.literal() || server.allowPrivateAddresses() ? AddressRule.PRIVATE : AddressRule.PUBLIC;
            targets.add(new Target(
                    target.name(),
                    new Origin(url.secure(), url.host(), url.port(), addresses),
                    url.path(),
                    target.place().cloud(),
                    target.place().region()));
        }
        return new Server(server.alias(), targets, server.timeouts());
    }

    /** What the log calls the document. */
    public String version() {
        return version;
    }

    @Override
    public Response handle(Exchange exchange) {
        exchange.notes().configVersion(version);
        Response response = respond(exchange);
        return exchange.request().method().equals("HEAD") ? withoutBody(response) : response;
    }

    private Response respond(Exchange exchange) {
        return switch (router.route(exchange)) {
            case Routing.Served(Route route, Exchange read) -> {
                exchange.notes().route(route.config().pattern().text());
                yield route.handler().handle(read);
            }
            case Routing.Preflight preflight -> throw new IllegalStateException("no CORS");
            case Routing.Options options -> throw new IllegalStateException("no CORS");
            case Routing.Refused(Failure failure, var near, var allowed) -> {
                Headers allow = allowed.isEmpty() ? Headers.empty() : Headers.of("allow", String.join(", ", allowed));
                yield Policies.unrouted(refused -> Answers.of(failure, refused, allow))
                        .handle(exchange);
            }
        };
    }

    /** The answer to HEAD says how long the body would be, and has none (RFC 9110, section 9.3.2). */
    private static Response withoutBody(Response response) {
        Body body = response.body();
        if (body.isAbsent()) {
            return response;
        }
        body.close();
        boolean bodiless = response.status() == 204 || response.status() == 304;
        Headers headers = bodiless || body.length() < 0 || response.headers().contains("content-length")
                ? response.headers()
                : response.headers().toBuilder()
                        .add("content-length", Long.toString(body.length()))
                        .build();
        return new Response(response.status(), headers, Body.absent());
    }
}
