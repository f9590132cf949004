package multicloud.gateway.cli.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
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

/** Requests that nobody has sent, to ask a gateway about. */
public final class Sample {
    private Sample() {}

    /** A request that the path takes, if no other goes before it: parameters are there by their names, which are hardly a literal. */
    static Exchange of(PathConfig path, String method) {
        String text = path.route().pattern().segments().stream()
                .map(segment -> switch (segment) {
                    case PathPattern.Literal(String literal) -> "/" + encoded(literal);
                    case PathPattern.Parameter(String name) -> "/" + encoded("{" + name + "}");
                    case PathPattern.Wildcard(String name) -> "/" + encoded("{" + name + "+}");
                })
                .collect(Collectors.joining());
        return of(method, text.isEmpty() ? "/" : text, path.route().match());
    }

    /**
     * A request for which these conditions hold, and which has nothing else.
     *
     * @param path percent-encoded, without query
     */
    public static Exchange of(String method, String path, MatchConfig match) {
        String query = match.query().entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String target = query.isEmpty() ? path : path + "?" + query;
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
