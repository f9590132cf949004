package multicloud.gateway.cli.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import multicloud.gateway.Gateway;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/** A document and the gateway it makes, which is only asked about. */
record Document(GatewayConfig config, Gateway gateway) {
    static Document of(GatewayConfig config) {
        return new Document(config, Gateway.forExplaining(config));
    }

    /** The path that takes a request made for a path of this or another document; null where none does. */
    @Nullable
    PathConfig taker(PathConfig of, String method) {
        Route route = gateway.explain(sample(of, method)).decision().route();
        return route == null ? null : config.paths().get(route.index());
    }

    /** A request that the path takes, if no other goes before it: parameters are there by their names, which are hardly a literal. */
    private static Exchange sample(PathConfig of, String method) {
        MatchConfig match = of.route().match();
        String path = of.route().pattern().segments().stream()
                .map(segment -> switch (segment) {
                    case PathPattern.Literal(String text) -> "/" + encoded(text);
                    case PathPattern.Parameter(String name) -> "/" + encoded("{" + name + "}");
                    case PathPattern.Wildcard(String name) -> "/" + encoded("{" + name + "+}");
                })
                .collect(Collectors.joining());
        String query = match.query().entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String target = (path.isEmpty() ? "/" : path) + (query.isEmpty() ? "" : "?" + query);
        Headers.Builder headers = Headers.builder();
        match.headers().forEach(headers::add);
        List<String> hosts = match.hosts();
        Client client = new Client("192.0.2.1", "https", hosts.isEmpty() ? null : hosts.getFirst(), 443);
        Request request = new Request(method, RequestTarget.parse(target), headers.build(), Body.absent());
        return Exchange.begin(request, "sample", client, Deadline.after(Duration.ofMinutes(1), Ticker.SYSTEM));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
