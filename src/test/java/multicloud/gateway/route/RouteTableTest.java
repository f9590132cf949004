package multicloud.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.PathPattern.InvalidPattern;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.RequestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static Route route(int index, String methods, String path, MatchConfig match) {
        try {
            return new Route(
                    index,
                    new RouteConfig(List.of(methods.split(" ")), PathPattern.parse(path), match, false),
                    false,
                    exchange -> Answers.of(Failure.NO_ROUTE, exchange));
        } catch (InvalidPattern e) {
            throw new AssertionError(path + ": " + e.getMessage(), e);
        }
    }

    private static RouteTable table(String... methodsAndPaths) {
        List<Route> routes = new ArrayList<>();
        for (String entry : methodsAndPaths) {
            String[] parts = entry.split(" (?=/)");
            routes.add(route(routes.size(), parts[0], parts[1], MatchConfig.NONE));
        }
        return RouteTable.of(routes);
    }

    private static Exchange exchange(String target, Headers headers, String host) {
        Exchange exchange = Exchange.begin(
                new Request("GET", RequestTarget.parse(target), headers, Body.absent()),
                "id",
                new Client("203.0.113.9", "https", host, 443),
                Deadline.after(Duration.ofSeconds(1), () -> 0));
        try {
            return exchange.withPath(
                    RequestPath.parse(exchange.request().target().path()));
        } catch (AmbiguousPath e) {
            throw new AssertionError(target, e);
        }
    }

    private static String match(RouteTable table, String method, String target) {
        return text(table.match(exchange(target, Headers.empty(), "api.example.com"), Method.valueOf(method)));
    }

    private static String text(Match match) {
        return switch (match) {
            case Match.Found(Route route) -> route.config().pattern().text();
            case Match.WrongMethod(var near, SortedSet<String> allowed) -> "405 " + String.join(",", allowed);
            case Match.NotFound() -> "404";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a,/a",
        "/a/,/a",
        "/v1/x,/v1/x",
        "/v1/y,/v1/{id}",
        "/v1/x/deep,/v1/{rest+}",
        "/v1/x/tail,/v1/{id}/tail",
        "/v1,/v1",
        "/v1/,/v1",
        "/w,/w/{.+}",
        "/w/,/w/{.+}",
        "/w/a/b/c/,/w/{.+}",
        "/a%2Eb,404",
        "/%61,/a",
        "/none,404",
        "/A,404"
    })
    void theMoreSpecificSegmentWins(String path, String expected) {
        RouteTable table = table(
                "GET /v1/{rest+}",
                "GET /v1/{id}",
                "GET /v1/x",
                "GET /v1/{id}/tail",
                "GET /v1",
                "GET /w/{.+}",
                "GET /a",
                "GET /");
        assertThat(match(table, "GET", path)).isEqualTo(expected);
    }

    @Test
    void theSearchGoesBackWhereTheMostSpecificRouteDoesNotTakeTheRequest() {
        RouteTable table = table("POST /a/b/c", "GET /a/{x}/c", "GET /a/{rest+}", "DELETE /{rest+}");
        assertThat(match(table, "POST", "/a/b/c")).isEqualTo("/a/b/c");
        assertThat(match(table, "GET", "/a/b/c")).isEqualTo("/a/{x}/c");
        assertThat(match(table, "GET", "/a/b/d")).isEqualTo("/a/{rest+}");
        assertThat(match(table, "DELETE", "/a/b/c")).isEqualTo("/{rest+}");
        assertThat(match(table, "PUT", "/a/b/c")).isEqualTo("405 DELETE,GET,HEAD,POST");
    }

    @Test
    void theOwnMethodGoesBeforeAnyAndHeadFallsToGet() {
        RouteTable table = table("ANY /a", "GET /a", "GET /b", "HEAD /c", "GET /c", "ANY /d");
        assertThat(table.match(exchange("/a", Headers.empty(), null), Method.GET))
                .isInstanceOfSatisfying(
                        Match.Found.class,
                        found -> assertThat(found.route().index()).isEqualTo(1));
        assertThat(((Match.Found) table.match(exchange("/a", Headers.empty(), null), Method.HEAD))
                        .route()
                        .index())
                .isEqualTo(1);
        assertThat(((Match.Found) table.match(exchange("/a", Headers.empty(), null), Method.PUT))
                        .route()
                        .index())
                .isZero();
        assertThat(match(table, "HEAD", "/b")).isEqualTo("/b");
        assertThat(((Match.Found) table.match(exchange("/c", Headers.empty(), null), Method.HEAD))
                        .route()
                        .index())
                .isEqualTo(3);
        assertThat(match(table, "HEAD", "/d")).isEqualTo("/d");
        assertThat(match(table, "OPTIONS", "/b")).isEqualTo("405 GET,HEAD");
    }

    @Test
    void conditionsMustAllHoldAndMoreOfThemGoFirst() {
        RouteTable table = RouteTable.of(List.of(
                route(0, "GET", "/a", MatchConfig.NONE),
                route(1, "ANY", "/a", new MatchConfig(List.of(), Map.of("x-beta", "1"), Map.of())),
                route(2, "GET", "/a", new MatchConfig(List.of("b.example.com"), Map.of(), Map.of("v", "2"))),
                route(3, "POST", "/a", new MatchConfig(List.of(), Map.of("x-beta", "1"), Map.of()))));
        Headers beta = Headers.of("X-Beta", "1");
        assertThat(index(table, "/a", Headers.empty(), "api.example.com")).isZero();
        assertThat(index(table, "/a", beta, "api.example.com")).isEqualTo(1);
        assertThat(index(table, "/a?v=2", beta, "B.example.com:8443")).isEqualTo(2);
        assertThat(index(table, "/a?v=2&v=3", Headers.empty(), "b.example.com")).isZero();
        assertThat(index(table, "/a", Headers.of("X-Beta", "1", "x-beta", "1"), null))
                .isZero();
    }

    private static int index(RouteTable table, String target, Headers headers, String host) {
        return ((Match.Found) table.match(exchange(target, headers, host), Method.GET))
                .route()
                .index();
    }

    @Test
    void aRouteWhoseConditionsFailIsNoReasonFor405() {
        RouteTable table = RouteTable.of(List.of(
                route(0, "GET", "/a", new MatchConfig(List.of(), Map.of("x-beta", "1"), Map.of())),
                route(1, "POST", "/a", MatchConfig.NONE),
                route(2, "POST", "/b", new MatchConfig(List.of(), Map.of("x-beta", "1"), Map.of()))));
        assertThat(match(table, "GET", "/a")).isEqualTo("404");
        assertThat(match(table, "PUT", "/a")).isEqualTo("405 POST");
        assertThat(match(table, "PUT", "/b")).isEqualTo("404");
    }

    @Test
    void theTrieAgreesWithASearchThroughASortedList() {
        Random random = new Random(20261123);
        for (int round = 0; round < 400; round++) {
            List<Route> routes = randomRoutes(random);
            RouteTable table = RouteTable.of(routes);
            for (int i = 0; i < 50; i++) {
                String path = randomPath(random);
                Method method = Method.values()[random.nextInt(Method.values().length)];
                Exchange exchange = exchange(path, Headers.empty(), null);
                assertThat(text(table.match(exchange, method)))
                        .as("%s %s among %s", method, path, routes)
                        .isEqualTo(search(routes, exchange.path(), method));
            }
        }
    }

    private static List<Route> randomRoutes(Random random) {
        String[] segments = {"a", "b", "{p%d}", "{q%d}"};
        String[] methods = {"GET", "ANY", "POST GET", "HEAD", "DELETE", "OPTIONS PUT"};
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(14); i++) {
            StringBuilder path = new StringBuilder();
            int depth = random.nextInt(4);
            for (int d = 0; d < depth; d++) {
                path.append('/').append(segments[random.nextInt(4)].formatted(d));
            }
            path.append(random.nextInt(4) == 0 ? "/{rest+}" : depth == 0 ? "/" : "");
            routes.add(route(i, methods[random.nextInt(methods.length)], path.toString(), MatchConfig.NONE));
        }
        return routes;
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder();
        for (int d = 0; d < random.nextInt(5); d++) {
            path.append('/').append("abc".charAt(random.nextInt(3)));
        }
        return path.isEmpty() || random.nextInt(4) == 0 ? path + "/" : path.toString();
    }

    /** What the rules say, written down as plainly as can be. */
    private static String search(List<Route> routes, RequestPath path, Method method) {
        List<Route> fitting = new ArrayList<>();
        SortedSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            if (matches(route.config().pattern().segments(), path)) {
                List<String> methods = route.config().methods();
                allowed.addAll(methods);
                if (methods.contains("GET")) {
                    allowed.add("HEAD");
                }
                if (rank(route, method) < 3) {
                    fitting.add(route);
                }
            }
        }
        Comparator<Route> precedence = Comparator.<Route, String>comparing(RouteTableTest::specificity)
                .thenComparing(route -> rank(route, method))
                .thenComparing(Route::index);
        return fitting.stream()
                .min(precedence)
                .map(route -> route.config().pattern().text())
                .orElse(allowed.isEmpty() ? "404" : "405 " + String.join(",", allowed));
    }

    private static int rank(Route route, Method method) {
        List<String> methods = route.config().methods();
        return methods.contains(method.name())
                ? 0
                : method == Method.HEAD && methods.contains("GET") ? 1 : methods.contains("ANY") ? 2 : 3;
    }

    private static String specificity(Route route) {
        StringBuilder key = new StringBuilder();
        for (Segment segment : route.config().pattern().segments()) {
            key.append(
                    switch (segment) {
                        case Literal literal -> '1';
                        case Parameter parameter -> '2';
                        case Wildcard wildcard -> '3';
                    });
        }
        return key.toString();
    }

    private static boolean matches(List<Segment> segments, RequestPath path) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof Wildcard) {
                return true;
            }
            if (i >= path.count() || segments.get(i) instanceof Literal(String text) && !text.equals(path.segment(i))) {
                return false;
            }
        }
        return segments.size() == path.count();
    }
}
