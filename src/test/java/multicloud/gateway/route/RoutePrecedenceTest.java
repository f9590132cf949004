package multicloud.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.Access;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.PolicyConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.PathPattern.InvalidPattern;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;

class RoutePrecedenceTest {

    @Test
    void moreSpecificPathsGoFirst() throws InvalidPattern {
        assertThat(ordered("/{.+}", "/a/{.+}", "/{x}/b", "/a/{x}", "/a", "/a/b", "/{x}"))
                .containsExactly("/a/b", "/a/{x}", "/a", "/a/{.+}", "/{x}/b", "/{x}", "/{.+}");
    }

    @Test
    void conditionsThenMethodsThenTheDocumentDecideAmongEqualPaths() throws InvalidPattern {
        MatchConfig one = new MatchConfig(List.of(), Map.of("a", "1"), Map.of());
        MatchConfig two = new MatchConfig(List.of("h"), Map.of("a", "1"), Map.of());
        List<PathConfig> paths = List.of(
                path(0, "ANY", "/{x}", MatchConfig.NONE),
                path(1, "GET", "/{y}", MatchConfig.NONE),
                path(2, "PUT", "/{z}", MatchConfig.NONE),
                path(3, "ANY", "/{x}", one),
                path(4, "GET", "/{x}", two));
        assertThat(paths.stream().sorted(RoutePrecedence.order()).map(PathConfig::index))
                .containsExactly(4, 3, 1, 2, 0);
    }

    /** Of all routes that fit a request, the table takes the first in this order. */
    @Test
    void itIsTheOrderOfTheRouteTable() throws InvalidPattern, AmbiguousPath {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<PathConfig> paths = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                paths.add(path(i, random.nextBoolean() ? "ANY" : "GET", pattern(random), conditions(random)));
            }
            RouteTable table = RouteTable.of(paths.stream()
                    .map(path -> new Route(path.index(), path.route(), false, exchange -> null))
                    .toList());
            Exchange exchange = Exchanges.get(target(random), "h", "1");
            exchange = exchange.withPath(
                    RequestPath.parse(exchange.request().target().path()));
            Match match = table.match(exchange, Method.GET);
            Integer first = first(paths, exchange);
            if (match instanceof Match.Found(Route route)) {
                assertThat(route.index()).isEqualTo(first);
            } else {
                assertThat(first).isNull();
            }
        }
    }

    /** Asks a table of each route alone, in order. */
    private static Integer first(List<PathConfig> paths, Exchange exchange) {
        return paths.stream()
                .sorted(RoutePrecedence.order())
                .filter(path -> RouteTable.of(List.of(new Route(path.index(), path.route(), false, any -> null)))
                                .match(exchange, Method.GET)
                        instanceof Match.Found)
                .map(PathConfig::index)
                .findFirst()
                .orElse(null);
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        int segments = random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            pattern.append('/').append(random.nextInt(3) == 0 ? "{p" + i + "}" : random.nextBoolean() ? "a" : "b");
        }
        if (random.nextInt(3) == 0) {
            pattern.append("/{.+}");
        }
        return pattern.isEmpty() ? "/" : pattern.toString();
    }

    private static MatchConfig conditions(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new MatchConfig(List.of(), Map.of("h", "1"), Map.of());
            case 1 -> new MatchConfig(List.of(), Map.of("h", random.nextBoolean() ? "1" : "2"), Map.of("q", "1"));
            default -> MatchConfig.NONE;
        };
    }

    private static String target(Random random) {
        return "/"
                + random.ints(random.nextInt(4), 0, 2)
                        .mapToObj(i -> i == 0 ? "a" : "b")
                        .collect(Collectors.joining("/"))
                + (random.nextBoolean() ? "?q=1" : "");
    }

    private static List<String> ordered(String... patterns) throws InvalidPattern {
        List<PathConfig> paths = new ArrayList<>();
        for (String pattern : patterns) {
            paths.add(path(paths.size(), "GET", pattern, MatchConfig.NONE));
        }
        return paths.stream()
                .sorted(RoutePrecedence.order())
                .map(path -> path.route().pattern().text())
                .toList();
    }

    private static PathConfig path(int index, String method, String pattern, MatchConfig match) throws InvalidPattern {
        return new PathConfig(
                index,
                new RouteConfig(List.of(method), PathPattern.parse(pattern), match, false),
                new StaticAnswer(200, Map.of(), null),
                new PolicyConfig(Timeouts.DEFAULT, 1, Access.OPEN, MappingConfig.NONE));
    }
}
