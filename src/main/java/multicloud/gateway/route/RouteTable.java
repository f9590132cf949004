package multicloud.gateway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.route.Ending.One;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a document as a trie of segments, compiled once.
 *
 * <p>At each segment a literal goes before a parameter and a parameter before a wildcard; a route that ends where the path ends
 * goes before the wildcard below it. Where the route that is most specific does not take the request, the search goes back and
 * on. Its cost depends on the path, not on the number of routes. Immutable and safe for use by many threads.
 */
public final class RouteTable {
    private final Node root;
    private final List<Route> routes;

    private RouteTable(Node root, List<Route> routes) {
        this.root = root;
        this.routes = List.copyOf(routes);
    }

    /** The table of these routes, given in document order. */
    public static RouteTable of(List<Route> routes) {
        Draft root = new Draft();
        for (Route route : routes) {
            Draft at = root;
            List<Route> end = null;
            for (Segment segment : route.config().pattern().segments()) {
                switch (segment) {
                    case Literal literal -> at = at.literals.computeIfAbsent(literal.text(), text -> new Draft());
                    case Parameter parameter -> at = at.parameter();
                    case Wildcard wildcard -> end = at.rest;
                }
            }
            (end == null ? at.here : end).add(route);
        }
        return new RouteTable(root.compile(""), routes);
    }

    /** All of them, in document order. */
    List<Route> routes() {
        return routes;
    }

    /** Says which route takes the exchange, whose path has been read. */
    public Match match(Exchange exchange, Method method) {
        Match found = find(root, 0, exchange, exchange.path(), method);
        return found != null ? found : miss(exchange, method);
    }

    /** Why no route takes the exchange: 405 only when paths matched and no method did. */
    private Match miss(Exchange exchange, Method method) {
        SortedSet<String> allowed = new TreeSet<>();
        Route near = null;
        for (Ending ending : at(exchange.path())) {
            for (One one : ending.all()) {
                if (one.takes(method)) {
                    return new Match.NotFound();
                }
                if (one.holds(exchange)) {
                    near = near == null ? one.route() : near;
                    allow(one.route(), allowed);
                }
            }
        }
        return near == null ? new Match.NotFound() : new Match.WrongMethod(near, allowed);
    }

    /** Adds the methods that a route takes: HEAD with GET, OPTIONS with CORS. */
    static void allow(Route route, Set<String> allowed) {
        List<String> methods = route.config().any()
                ? Stream.of(Method.values()).map(Method::name).toList()
                : route.config().methods();
        allowed.addAll(methods);
        if (methods.contains(Method.GET.name())) {
            allowed.add(Method.HEAD.name());
        }
        if (route.cors()) {
            allowed.add(Method.OPTIONS.name());
        }
    }

    /** Where the routes end whose paths match, the most specific first, whatever their methods and conditions. */
    List<Ending> at(RequestPath path) {
        List<Ending> endings = new ArrayList<>();
        visit(root, 0, path, endings);
        return endings;
    }

    private static void visit(Node node, int depth, RequestPath path, List<Ending> endings) {
        if (depth == path.count()) {
            endings.add(node.here);
        } else {
            Node literal = node.literals.get(path.decoded(), path.start(depth), path.end(depth));
            if (literal != null) {
                visit(literal, depth + 1, path, endings);
            }
            if (node.parameter != null) {
                visit(node.parameter, depth + 1, path, endings);
            }
        }
        endings.add(node.rest);
    }

    private static @Nullable Match find(Node node, int depth, Exchange exchange, RequestPath path, Method method) {
        if (depth == path.count()) {
            Match here = node.here.take(exchange, method);
            return here != null ? here : node.rest.take(exchange, method);
        }
        Match found = null;
        Node literal = node.literals.get(path.decoded(), path.start(depth), path.end(depth));
        if (literal != null) {
            found = find(literal, depth + 1, exchange, path, method);
        }
        if (found == null && node.parameter != null) {
            found = find(node.parameter, depth + 1, exchange, path, method);
        }
        return found != null ? found : node.rest.take(exchange, method);
    }

    /**
     * @param key the literal segment that leads here; empty for the root and for a parameter
     */
    private record Node(
            String key, Literals literals, @Nullable Node parameter, Ending here, Ending rest) {}

    /** A node while the table is built. */
    private static final class Draft {
        final Map<String, Draft> literals = new HashMap<>();

        @Nullable
        Draft parameter;

        final List<Route> here = new ArrayList<>(1);
        final List<Route> rest = new ArrayList<>(0);

        Draft parameter() {
            if (parameter == null) {
                parameter = new Draft();
            }
            return parameter;
        }

        Node compile(String key) {
            List<Node> compiled = new ArrayList<>(literals.size());
            literals.forEach((text, draft) -> compiled.add(draft.compile(text)));
            return new Node(
                    key,
                    compiled.isEmpty() ? Literals.NONE : new Literals(compiled),
                    parameter == null ? null : parameter.compile(""),
                    Ending.of(here),
                    Ending.of(rest));
        }
    }

    /** A hash table from literal segments to nodes that is asked with a stretch of a string, so that no segment is copied. */
    private static final class Literals {
        static final Literals NONE = new Literals(List.of());

        private final @Nullable Node[] slots;

        Literals(List<Node> nodes) {
            slots = new Node[nodes.isEmpty() ? 1 : Integer.highestOneBit(nodes.size() * 2 - 1) * 2];
            for (Node node : nodes) {
                int slot = slot(hash(node.key, 0, node.key.length()));
                while (slots[slot] != null) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = node;
            }
        }

        @Nullable
        Node get(String text, int start, int end) {
            if (this == NONE) {
                return null;
            }
            int slot = slot(hash(text, start, end));
            for (Node node = slots[slot]; node != null; node = slots[slot]) {
                if (node.key.length() == end - start && text.startsWith(node.key, start)) {
                    return node;
                }
                slot = slot + 1 & slots.length - 1;
            }
            return null;
        }

        private int slot(int hash) {
            return (hash ^ hash >>> 16) & slots.length - 1;
        }

        private static int hash(String text, int start, int end) {
            int hash = 0;
            for (int i = start; i < end; i++) {
                hash = 31 * hash + text.charAt(i);
            }
            return hash;
        }
    }
}
