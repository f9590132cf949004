package multicloud.gateway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.RequestPath;
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

    private RouteTable(Node root) {
        this.root = root;
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
        return new RouteTable(root.compile());
    }

    /** Says which route takes the exchange, whose path has been read. */
    public Match match(Exchange exchange, Method method) {
        Route found = find(root, 0, exchange, exchange.path(), method);
        if (found != null) {
            return new Match.Found(found);
        }
        Allowed allowed = new Allowed(exchange, method);
        allowed.visit(root, 0);
        return allowed.match();
    }

    private static @Nullable Route find(Node node, int depth, Exchange exchange, RequestPath path, Method method) {
        if (depth == path.count()) {
            Route here = node.here.take(exchange, method);
            return here != null ? here : node.rest.take(exchange, method);
        }
        Route found = null;
        Node literal = node.literals.get(path.decoded(), path.start(depth), path.end(depth));
        if (literal != null) {
            found = find(literal, depth + 1, exchange, path, method);
        }
        if (found == null && node.parameter != null) {
            found = find(node.parameter, depth + 1, exchange, path, method);
        }
        return found != null ? found : node.rest.take(exchange, method);
    }

    private record Node(Literals literals, @Nullable Node parameter, Ending here, Ending rest) {}

    /** Goes through every route that matches the path, once it is known that none takes the request. */
    private static final class Allowed {
        private final Exchange exchange;
        private final RequestPath path;
        private final Method method;
        private final SortedSet<String> methods = new TreeSet<>();
        private boolean methodFits;

        Allowed(Exchange exchange, Method method) {
            this.exchange = exchange;
            this.path = exchange.path();
            this.method = method;
        }

        void visit(Node node, int depth) {
            collect(node.rest);
            if (depth == path.count()) {
                collect(node.here);
                return;
            }
            Node literal = node.literals.get(path.decoded(), path.start(depth), path.end(depth));
            if (literal != null) {
                visit(literal, depth + 1);
            }
            if (node.parameter != null) {
                visit(node.parameter, depth + 1);
            }
        }

        private void collect(Ending ending) {
            methodFits |= ending.takes(method);
            ending.allowed(exchange, methods);
        }

        Match match() {
            return methodFits || methods.isEmpty() ? new Match.NotFound() : new Match.WrongMethod(methods);
        }
    }

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

        Node compile() {
            Map<String, Node> compiled = new HashMap<>();
            literals.forEach((text, draft) -> compiled.put(text, draft.compile()));
            return new Node(
                    new Literals(compiled),
                    parameter == null ? null : parameter.compile(),
                    Ending.of(here),
                    Ending.of(rest));
        }
    }

    /** A hash table from literal segments to nodes that is asked with a stretch of a string, so that no segment is copied. */
    private static final class Literals {
        private final String[] keys;
        private final @Nullable Node[] nodes;

        Literals(Map<String, Node> entries) {
            int size = entries.isEmpty() ? 0 : Integer.highestOneBit(entries.size() * 2 - 1) * 2;
            keys = new String[size];
            nodes = new Node[size];
            entries.forEach((key, node) -> {
                int slot = slot(hash(key, 0, key.length()));
                while (nodes[slot] != null) {
                    slot = slot + 1 & size - 1;
                }
                keys[slot] = key;
                nodes[slot] = node;
            });
        }

        @Nullable
        Node get(String text, int start, int end) {
            if (nodes.length == 0) {
                return null;
            }
            int slot = slot(hash(text, start, end));
            for (Node node = nodes[slot]; node != null; node = nodes[slot]) {
                String key = keys[slot];
                if (key.length() == end - start && text.startsWith(key, start)) {
                    return node;
                }
                slot = slot + 1 & nodes.length - 1;
            }
            return null;
        }

        private int slot(int hash) {
            return (hash ^ hash >>> 16) & nodes.length - 1;
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
