package multicloud.gateway.route;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.route.Ending.One;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a request: reads its path, asks the route table, and tells preflights. Immutable. */
public final class Router {
    private static final SortedSet<String> NONE = Collections.unmodifiableSortedSet(new TreeSet<>());

    private final RouteTable table;
    private final boolean cors;

    /**
     * A router.
     *
     * @param cors whether CORS is on where no route is
     */
    public Router(RouteTable table, boolean cors) {
        this.table = table;
        this.cors = cors;
    }

    /** The decision for one exchange. */
    public Routing route(Exchange exchange) {
        RequestPath path;
        try {
            path = RequestPath.parse(exchange.request().target().path());
        } catch (AmbiguousPath e) {
            return refused(Failure.MALFORMED_REQUEST, null, NONE);
        }
        Method method = Method.of(exchange.request().method());
        if (method == null) {
            return refused(Failure.METHOD_NOT_IMPLEMENTED, null, NONE);
        }
        Exchange read = exchange.withPath(path);
        Routing special = method == Method.OPTIONS ? options(read) : null;
        return special != null ? special : served(read, method);
    }

    /** Why each of the other routes does not take the exchange for which this is the decision, in document order. */
    public List<Candidate> others(Exchange exchange, Routing decision) {
        return new Candidates(table, decision).of(exchange);
    }

    private Routing served(Exchange read, Method method) {
        return switch (table.match(read, method)) {
            case Match.Found(Route route) ->
                read.path().hasEncodedSlash() && !route.config().keepEncodedSlashes()
                                || leadsElsewhereWithoutParameters(read, method, route)
                        ? refused(Failure.MALFORMED_REQUEST, route, NONE)
                        : new Routing.Served(route, read);
            case Match.WrongMethod(Route near, var allowed) ->
                encodedSlashOr(read, Failure.METHOD_NOT_ALLOWED, near, allowed);
            case Match.NotFound() -> encodedSlashOr(read, Failure.NO_ROUTE, null, NONE);
        };
    }

    /** Whether an upstream that cuts off what is behind semicolons would read a path that another route takes, or none. */
    private boolean leadsElsewhereWithoutParameters(Exchange read, Method method, Route route) {
        if (!read.path().hasParameters()) {
            return false;
        }
        try {
            Match cut = table.match(read.withPath(read.path().withoutParameters()), method);
            return !(cut instanceof Match.Found(Route other) && other.equals(route));
        } catch (AmbiguousPath e) {
            return true;
        }
    }

    /** Only a route can accept an encoded slash. */
    private static Routing encodedSlashOr(
            Exchange read, Failure failure, @Nullable Route near, SortedSet<String> allowed) {
        return read.path().hasEncodedSlash()
                ? refused(Failure.MALFORMED_REQUEST, near, NONE)
                : refused(failure, near, allowed);
    }

    private static Routing refused(Failure failure, @Nullable Route near, SortedSet<String> allowed) {
        return new Routing.Refused(failure, near, allowed, false);
    }

    /** What CORS makes of OPTIONS; null where it makes nothing of it. */
    private @Nullable Routing options(Exchange read) {
        List<Ending> endings = table.at(read.path());
        List<One> here = endings.stream()
                .flatMap(ending -> ending.all().stream())
                .filter(one -> fits(one, read))
                .toList();
        boolean named = here.stream().anyMatch(one -> one.names(Method.OPTIONS) && one.holds(read));
        List<One> withCors = here.stream().filter(one -> one.route().cors()).toList();
        if (named || withCors.isEmpty() && !(here.isEmpty() && cors)) {
            return null;
        }
        String asked = asked(read.request().headers());
        if (asked != null) {
            return preflight(read, endings, asked, withCors);
        }
        return withCors.isEmpty()
                ? null
                : new Routing.Options(withCors.getFirst().route(), allowed(withCors));
    }

    /** The method a preflight asks for, or null when it is none. */
    static @Nullable String asked(Headers headers) {
        return headers.contains("origin") ? headers.joined("access-control-request-method") : null;
    }

    private @Nullable Routing preflight(Exchange read, List<Ending> endings, String asked, List<One> withCors) {
        Method method = Method.of(asked);
        List<One> taking = method == null
                ? List.of()
                : endings.stream()
                        .flatMap(ending -> ending.taking(method).stream())
                        .toList();
        One taker = taking.stream().filter(one -> fits(one, read)).findFirst().orElse(null);
        if (taker != null) {
            return taker.route().cors() ? new Routing.Preflight(taker.route(), allowed(withCors)) : null;
        }
        Route near = withCors.isEmpty() ? null : withCors.getFirst().route();
        return near == null || !taking.isEmpty()
                ? new Routing.Refused(Failure.NO_ROUTE, near, NONE, true)
                : new Routing.Refused(Failure.METHOD_NOT_ALLOWED, near, allowed(withCors), true);
    }

    private static boolean fits(One one, Exchange read) {
        boolean slash = read.path().hasEncodedSlash();
        return one.holdsForPreflight(read) && (!slash || one.route().config().keepEncodedSlashes());
    }

    private static SortedSet<String> allowed(List<One> here) {
        SortedSet<String> allowed = new TreeSet<>();
        here.forEach(one -> RouteTable.allow(one.route(), allowed));
        return allowed;
    }
}
