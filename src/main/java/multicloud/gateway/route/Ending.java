package multicloud.gateway.route;

import java.util.Comparator;
import java.util.List;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import multicloud.gateway.route.Candidate.Reason;
import org.jspecify.annotations.Nullable;

/** The routes whose paths are the same but for their parameters' names. */
sealed interface Ending {
    /** The route that takes the request, or null. */
    Match.@Nullable Found take(Exchange exchange, Method method);

    /** All of its routes, in document order. */
    List<One> all();

    /** Its routes that take the method, in order of precedence. */
    List<One> taking(Method method);

    static Ending of(List<Route> routes) {
        return switch (routes.size()) {
            case 0 -> new None();
            case 1 -> One.of(routes.getFirst());
            default -> new Several(routes);
        };
    }

    /** No route ends here. */
    record None() implements Ending {
        @Override
        public Match.@Nullable Found take(Exchange exchange, Method method) {
            return null;
        }

        @Override
        public List<One> all() {
            return List.of();
        }

        @Override
        public List<One> taking(Method method) {
            return List.of();
        }
    }

    /**
     * One route ends here, which is by far the usual case: nothing is between it and the table.
     *
     * @param methods a bit for each method it takes
     */
    record One(Match.Found found, int methods, @Nullable Conditions conditions) implements Ending {
        static One of(Route route) {
            int methods = 0;
            for (Method method : Method.values()) {
                methods |= rank(route, method) < UNFIT ? 1 << method.index() : 0;
            }
            boolean unconditional = route.config().match().count() == 0;
            return new One(
                    new Match.Found(route),
                    methods,
                    unconditional ? null : new Conditions(route.config().match()));
        }

        Route route() {
            return found.route();
        }

        @Override
        public Match.@Nullable Found take(Exchange exchange, Method method) {
            return takes(method) && holds(exchange) ? found : null;
        }

        @Override
        public List<One> all() {
            return List.of(this);
        }

        @Override
        public List<One> taking(Method method) {
            return takes(method) ? List.of(this) : List.of();
        }

        boolean takes(Method method) {
            return (methods & 1 << method.index()) != 0;
        }

        boolean names(Method method) {
            return rank(route(), method) == OWN;
        }

        boolean holds(Exchange exchange) {
            return failing(exchange) == null;
        }

        /** Whether its conditions hold on what a preflight has of the request it asks for, which are not the headers. */
        boolean holdsForPreflight(Exchange exchange) {
            return failingForPreflight(exchange) == null;
        }

        /** The kind of the first condition that does not hold, or null. */
        @Nullable
        Reason failing(Exchange exchange) {
            return conditions == null ? null : conditions.failing(exchange);
        }

        /** The same on what a preflight has. */
        @Nullable
        Reason failingForPreflight(Exchange exchange) {
            return conditions == null ? null : conditions.failingForPreflight(exchange);
        }
    }

    /** Several routes end here: for each method those that take it, in order of precedence. */
    final class Several implements Ending {
        private final List<One> all;
        private final One[][] byMethod = new One[Method.values().length][];

        Several(List<Route> routes) {
            all = routes.stream().map(One::of).toList();
            for (Method method : Method.values()) {
                byMethod[method.index()] = all.stream()
                        .filter(one -> one.takes(method))
                        .sorted(precedence(method))
                        .toArray(One[]::new);
            }
        }

        private static Comparator<One> precedence(Method method) {
            return Comparator.<One>comparingInt(
                            one -> -one.route().config().match().count())
                    .thenComparingInt(one -> rank(one.route(), method))
                    .thenComparingInt(one -> one.route().index());
        }

        @Override
        public Match.@Nullable Found take(Exchange exchange, Method method) {
            for (One one : byMethod[method.index()]) {
                if (one.holds(exchange)) {
                    return one.found;
                }
            }
            return null;
        }

        @Override
        public List<One> all() {
            return all;
        }

        @Override
        public List<One> taking(Method method) {
            return List.of(byMethod[method.index()]);
        }
    }

    /** The rank of a route that names the method. */
    int OWN = 0;

    /** The rank of a route that does not take the method. */
    int UNFIT = 3;

    /** The own method goes before GET standing in for HEAD, and that before ANY. */
    private static int rank(Route route, Method method) {
        List<String> methods = route.config().methods();
        if (methods.contains(method.name())) {
            return OWN;
        }
        if (method == Method.HEAD && methods.contains(Method.GET.name())) {
            return 1;
        }
        return route.config().any() ? 2 : UNFIT;
    }
}
