package multicloud.gateway.route;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import org.jspecify.annotations.Nullable;

/** The routes whose paths are the same but for their parameters' names. */
sealed interface Ending {

    /** The route that takes the request, or null. */
    Match.@Nullable Found take(Exchange exchange, Method method);

    /** Whether some route takes the method, whatever its conditions. */
    boolean takes(Method method);

    /** Adds the methods of the routes whose conditions hold, HEAD with GET. */
    void allowed(Exchange exchange, Set<String> methods);

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
        public boolean takes(Method method) {
            return false;
        }

        @Override
        public void allowed(Exchange exchange, Set<String> methods) {}
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

        @Override
        public Match.@Nullable Found take(Exchange exchange, Method method) {
            return takes(method) && holds(exchange) ? found : null;
        }

        @Override
        public boolean takes(Method method) {
            return (methods & 1 << method.index()) != 0;
        }

        @Override
        public void allowed(Exchange exchange, Set<String> all) {
            if (holds(exchange)) {
                List<String> own = found.route().config().methods();
                all.addAll(own);
                if (own.contains(Method.GET.name())) {
                    all.add(Method.HEAD.name());
                }
            }
        }

        private boolean holds(Exchange exchange) {
            return conditions == null || conditions.hold(exchange);
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
                            one -> -one.found.route().config().match().count())
                    .thenComparingInt(one -> rank(one.found.route(), method))
                    .thenComparingInt(one -> one.found.route().index());
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
        public boolean takes(Method method) {
            return byMethod[method.index()].length > 0;
        }

        @Override
        public void allowed(Exchange exchange, Set<String> methods) {
            all.forEach(one -> one.allowed(exchange, methods));
        }
    }

    /** The rank of a route that does not take the method. */
    int UNFIT = 3;

    /** The own method goes before GET standing in for HEAD, and that before ANY. */
    private static int rank(Route route, Method method) {
        List<String> methods = route.config().methods();
        if (methods.contains(method.name())) {
            return 0;
        }
        if (method == Method.HEAD && methods.contains(Method.GET.name())) {
            return 1;
        }
        return route.config().any() ? 2 : UNFIT;
    }
}
