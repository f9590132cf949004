package multicloud.gateway.cli.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;

/**
 * What a route takes, for one of its methods: what it is known by in another document. What its parameters are called means nothing.
 */
record RouteKey(String method, String shape, MatchConfig match) {
    /** What routes have in common that document order alone decides between. */
    record Rank(String method, String shape, int conditions) {}

    Rank rank() {
        return new Rank(method, shape, match.count());
    }

    /** The routes of a document by what they take, in document order. */
    static Map<RouteKey, PathConfig> index(GatewayConfig config) {
        Map<RouteKey, PathConfig> index = new LinkedHashMap<>();
        for (PathConfig path : config.paths()) {
            RouteConfig route = path.route();
            for (String method : route.methods()) {
                index.put(new RouteKey(method, route.pattern().shape(), route.match()), path);
            }
        }
        return index;
    }

    /** What a path is called, as far as it takes these methods. */
    static String name(List<String> methods, PathConfig path) {
        List<String> conditions = new ArrayList<>();
        MatchConfig match = path.route().match();
        if (!match.hosts().isEmpty()) {
            conditions.add("host " + String.join("|", match.hosts()));
        }
        new TreeMap<>(match.headers()).forEach((name, value) -> conditions.add(name + ": " + value));
        new TreeMap<>(match.query()).forEach((name, value) -> conditions.add("?" + name + "=" + value));
        String name = String.join(" ", methods) + " " + path.route().pattern().text();
        return conditions.isEmpty() ? name : name + " if " + String.join(", ", conditions);
    }
}
