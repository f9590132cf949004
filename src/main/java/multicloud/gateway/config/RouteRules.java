package multicloud.gateway.config;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.http.Method;

/** The rules between routes: none is there twice, each has something left to take. Only routes that are wholly known are judged. */
final class RouteRules {
    private final Findings findings;

    /** What decides which requests reach a route, but for the method. */
    private record Place(String shape, Set<String> hosts, Map<String, String> headers, Map<String, String> query) {
        static Place of(RouteConfig route) {
            MatchConfig match = route.match();
            return new Place(route.pattern().shape(), Set.copyOf(match.hosts()), match.headers(), match.query());
        }
    }

    /** What the routes at one place take. */
    private static final class Taken {
        final Map<Set<String>, PathReader.Draft> byMethods = new HashMap<>();
        final Set<Method> methods = EnumSet.noneOf(Method.class);
    }

    RouteRules(Findings findings) {
        this.findings = findings;
    }

    void check(List<PathReader.Draft> paths) {
        Map<Place, Taken> places = new HashMap<>();
        for (PathReader.Draft path : paths) {
            if (path.comparable()) {
                add(path, places.computeIfAbsent(Place.of(path.config().route()), place -> new Taken()));
            }
        }
        for (Taken taken : places.values()) {
            PathReader.Draft any = taken.byMethods.get(Set.of("ANY"));
            if (any != null && takesAll(taken.methods)) {
                findings.warning(
                        Rule.SHADOWED_ROUTE,
                        any.offset(),
                        "this route takes no request: for every method another route of the same path and match names it");
            }
        }
    }

    private void add(PathReader.Draft path, Taken taken) {
        Set<String> methods = new HashSet<>(path.config().route().methods());
        PathReader.Draft same = taken.byMethods.putIfAbsent(methods, path);
        if (same != null) {
            findings.error(
                    Rule.DUPLICATE_ROUTE,
                    path.offset(),
                    "the same route as /paths/" + same.config().index()
                            + ": method, path (whatever its parameters are called) and match are equal; remove one of the two");
            return;
        }
        boolean anyLeft = false;
        for (String method : methods) {
            anyLeft |= method.equals("ANY") || taken.methods.add(Method.valueOf(method));
        }
        if (!anyLeft) {
            findings.warning(
                    Rule.SHADOWED_ROUTE,
                    path.offset(),
                    "this route takes no request: earlier routes of the same path and match take all of its methods");
        }
    }

    /** Whether nothing is left for ANY: it comes after the method's own route, and HEAD falls to GET's before. */
    private static boolean takesAll(Set<Method> methods) {
        for (Method method : Method.values()) {
            boolean byGet = method == Method.HEAD && methods.contains(Method.GET);
            if (!methods.contains(method) && !byGet) {
                return false;
            }
        }
        return true;
    }
}
