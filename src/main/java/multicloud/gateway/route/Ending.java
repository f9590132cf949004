package multicloud.gateway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import org.jspecify.annotations.Nullable;

/** The routes whose paths are the same but for their parameters' names, in order of precedence for each method. */
final class Ending {
    private static final Ending NONE = new Ending(List.of());

    private final List<Candidate> all = new ArrayList<>();
    private final Map<Method, List<Candidate>> byMethod = new EnumMap<>(Method.class);

    private record Candidate(Route route, Conditions conditions) {
        static Candidate of(Route route) {
            return new Candidate(route, new Conditions(route.config().match()));
        }
    }

    private Ending(List<Route> routes) {
        for (Route route : routes) {
            all.add(Candidate.of(route));
        }
        for (Method method : Method.values()) {
            List<Candidate> fitting = all.stream()
                    .filter(candidate -> rank(candidate.route, method) < UNFIT)
                    .sorted(Comparator.<Candidate>comparingInt(candidate ->
                                    -candidate.route.config().match().count())
                            .thenComparingInt(candidate -> rank(candidate.route, method))
                            .thenComparingInt(candidate -> candidate.route.index()))
                    .toList();
            if (!fitting.isEmpty()) {
                byMethod.put(method, fitting);
            }
        }
    }

    static Ending of(List<Route> routes) {
        return routes.isEmpty() ? NONE : new Ending(routes);
    }

    private static final int UNFIT = 3;

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

    @Nullable
    Route take(Exchange exchange, Method method) {
        List<Candidate> fitting = byMethod.get(method);
        if (fitting == null) {
            return null;
        }
        for (Candidate candidate : fitting) {
            if (candidate.conditions.hold(exchange)) {
                return candidate.route;
            }
        }
        return null;
    }

    boolean takes(Method method) {
        return byMethod.containsKey(method);
    }

    void allowed(Exchange exchange, Set<String> methods) {
        for (Candidate candidate : all) {
            if (candidate.conditions.hold(exchange)) {
                methods.addAll(candidate.route.config().methods());
                if (candidate.route.config().methods().contains(Method.GET.name())) {
                    methods.add(Method.HEAD.name());
                }
            }
        }
    }
}
