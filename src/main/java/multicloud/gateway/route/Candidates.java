package multicloud.gateway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.route.Candidate.Reason;
import multicloud.gateway.route.Ending.One;
import org.jspecify.annotations.Nullable;

/** Says of every route but the one that was decided for why it was not, as the table and the router see it. */
final class Candidates {
    private final RouteTable table;
    private final @Nullable Route chosen;
    private final boolean preflight;

    Candidates(RouteTable table, Routing decision) {
        this.table = table;
        this.chosen = decision.chosen();
        this.preflight = switch (decision) {
            case Routing.Preflight permitted -> true;
            case Routing.Refused refused -> refused.preflight();
            case Routing.Served served -> false;
            case Routing.Options options -> false;
        };
    }

    /** They in document order. */
    List<Candidate> of(Exchange exchange) {
        RequestPath path;
        try {
            path = RequestPath.parse(exchange.request().target().path());
        } catch (AmbiguousPath e) {
            return table.routes().stream()
                    .map(route -> new Candidate(route, Reason.PATH))
                    .toList();
        }
        Map<Integer, One> matching = new HashMap<>();
        for (Ending ending : table.at(path)) {
            ending.all().forEach(one -> matching.put(one.route().index(), one));
        }
        Exchange read = exchange.withPath(path);
        List<Candidate> candidates = new ArrayList<>();
        for (Route route : table.routes()) {
            if (chosen == null || route.index() != chosen.index()) {
                candidates.add(new Candidate(route, reason(matching.get(route.index()), read)));
            }
        }
        return candidates;
    }

    private Reason reason(@Nullable One one, Exchange exchange) {
        if (one == null
                || exchange.path().hasEncodedSlash() && !one.route().config().keepEncodedSlashes()) {
            return Reason.PATH;
        }
        Method method = method(exchange);
        if (method == null || !one.takes(method)) {
            return Reason.METHOD;
        }
        Reason failing = preflight ? one.failingForPreflight(exchange) : one.failing(exchange);
        return failing == null ? Reason.PRECEDENCE : failing;
    }

    /** The request's method, or the one its preflight asks for. */
    private @Nullable Method method(Exchange exchange) {
        String own = exchange.request().method();
        String asked = preflight ? Router.asked(exchange.request().headers()) : own;
        return Method.of(asked == null ? own : asked);
    }
}
