package multicloud.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final String[] PREFLIGHT = {"origin", "https://a.example", "access-control-request-method"};

    private final List<Route> routes = new ArrayList<>();

    private RouterTest route(String methods, String path, boolean cors) {
        return route(methods, path, cors, MatchConfig.NONE);
    }

    private RouterTest route(String methods, String path, boolean cors, MatchConfig match) {
        try {
            routes.add(new Route(
                    routes.size(),
                    new RouteConfig(List.of(methods.split(" ")), PathPattern.parse(path), match, false),
                    cors,
                    exchange -> Answers.of(Failure.INTERNAL, exchange)));
            return this;
        } catch (PathPattern.InvalidPattern e) {
            throw new AssertionError(e);
        }
    }

    private String ask(boolean cors, String method, String target, String... headers) {
        Router router = new Router(RouteTable.of(routes), cors);
        return switch (router.route(Exchanges.exchange(method, target, Body.absent(), headers))) {
            case Routing.Served(Route route, var read) -> "served " + route.index();
            case Routing.Preflight(Route route, var taken) -> "preflight " + route.index();
            case Routing.Options(Route route, var allowed) -> "options " + String.join(",", allowed);
            case Routing.Refused(Failure failure, var near, var allowed, var preflight) ->
                failure.status() + (allowed.isEmpty() ? "" : " " + String.join(",", allowed));
        };
    }

    private String preflight(boolean cors, String asked, String target, String... more) {
        List<String> headers = new ArrayList<>(List.of(PREFLIGHT));
        headers.add(asked);
        headers.addAll(List.of(more));
        return ask(cors, "OPTIONS", target, headers.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "get", "TRACE", "CONNECT", "", "GETX"})
    void otherMethodsAreNotImplemented(String method) {
        assertThat(route("ANY", "/a", false).ask(false, method, "/a")).isEqualTo("501");
    }

    @ParameterizedTest
    @CsvSource({"GET,/a,served 0", "GET,/b,404", "POST,/a,'405 GET,HEAD'", "GET,//a,400", "GET,/a%2Fb,400"})
    void aRequestIsServedOrRefused(String method, String target, String expected) {
        assertThat(route("GET", "/a", false).ask(false, method, target)).isEqualTo(expected);
    }

    @Test
    void withoutCorsOptionsIsAMethodLikeAnyOther() {
        route("ANY", "/any", false).route("GET", "/get", false);
        assertThat(preflight(false, "GET", "/any")).isEqualTo("served 0");
        assertThat(preflight(false, "GET", "/get")).isEqualTo("405 GET,HEAD");
        assertThat(preflight(false, "GET", "/none")).isEqualTo("404");
    }

    @Test
    void aPreflightIsPermittedForAMethodThatSomeRouteTakes() {
        route("POST", "/a/{id}", true).route("ANY", "/b", true);
        assertThat(preflight(true, "POST", "/a/1")).isEqualTo("preflight 0");
        assertThat(preflight(true, "DELETE", "/b")).isEqualTo("preflight 1");
        assertThat(preflight(true, "DELETE", "/a/1")).isEqualTo("405 OPTIONS,POST");
        assertThat(preflight(true, "PROPFIND", "/a/1")).isEqualTo("405 OPTIONS,POST");
        assertThat(preflight(true, "GET", "/none")).isEqualTo("404");
    }

    @Test
    void aPreflightIsForTheRouteThatWillTakeTheRequest() {
        route("GET", "/{any}", true).route("POST", "/a", true).route("POST", "/{any}", false);
        assertThat(preflight(true, "GET", "/a")).isEqualTo("preflight 0");
        assertThat(preflight(true, "POST", "/a")).isEqualTo("preflight 1");
        assertThat(preflight(true, "POST", "/b")).isEqualTo("405 GET,HEAD,OPTIONS,POST");
    }

    @Test
    void aRouteThatNamesOptionsTakesItItself() {
        route("GET", "/a", true).route("OPTIONS", "/a", true);
        assertThat(preflight(true, "GET", "/a")).isEqualTo("served 1");
    }

    @Test
    void anyOtherOptionsWithCorsTellsTheMethods() {
        route("GET", "/a", true).route("POST PUT", "/a", true).route("GET", "/off", false);
        assertThat(ask(true, "OPTIONS", "/a")).isEqualTo("options GET,HEAD,OPTIONS,POST,PUT");
        assertThat(ask(true, "OPTIONS", "/a", "origin", "https://a.example"))
                .isEqualTo("options GET,HEAD,OPTIONS,POST,PUT");
        assertThat(ask(true, "OPTIONS", "/off")).isEqualTo("405 GET,HEAD");
        assertThat(ask(true, "OPTIONS", "/none")).isEqualTo("404");
    }

    @Test
    void aPreflightHasNotTheHeadersThatARouteAsksFor() {
        MatchConfig beta = new MatchConfig(List.of(), Map.of("x-beta", "1"), Map.of());
        MatchConfig host = new MatchConfig(List.of("other.example"), Map.of(), Map.of());
        route("GET", "/a", true, beta).route("GET", "/b", true, host);
        assertThat(preflight(true, "GET", "/a")).isEqualTo("preflight 0");
        assertThat(preflight(true, "GET", "/b")).isEqualTo("404");
    }

    @Test
    void everyOtherRouteHasAReasonInDocumentOrder() {
        MatchConfig host = new MatchConfig(List.of("other.example"), Map.of(), Map.of());
        MatchConfig header = new MatchConfig(List.of(), Map.of("x", "1"), Map.of());
        MatchConfig query = new MatchConfig(List.of(), Map.of(), Map.of("q", "1"));
        MatchConfig all = new MatchConfig(List.of("other.example"), Map.of("x", "1"), Map.of("q", "1"));
        route("ANY", "/{.+}", false)
                .route("GET", "/a", false, all)
                .route("POST", "/a", false, host)
                .route("GET", "/a", false)
                .route("GET", "/a", false, header)
                .route("HEAD", "/{x}", false)
                .route("GET", "/{x}", false, query)
                .route("GET", "/b", false);
        assertThat(others("GET", "/a"))
                .containsExactly("0 PRECEDENCE", "1 HOST", "2 METHOD", "4 HEADER", "5 METHOD", "6 QUERY", "7 PATH");
        assertThat(others("HEAD", "/c?q=1"))
                .containsExactly("0 PRECEDENCE", "1 PATH", "2 PATH", "3 PATH", "4 PATH", "5 PRECEDENCE", "7 PATH");
    }

    @Test
    void whereNoRouteTakesARequestEachSaysWhy() {
        route("GET", "/a", false).route("ANY", "/b/{.+}", false);
        assertThat(others("POST", "/a")).containsExactly("0 METHOD", "1 PATH");
        assertThat(others("BREW", "/b/1")).containsExactly("0 PATH", "1 METHOD");
        assertThat(others("GET", "/b/1%2F2")).containsExactly("0 PATH", "1 PATH");
        assertThat(others("GET", "//a")).containsExactly("0 PATH", "1 PATH");
    }

    @Test
    void ofAPreflightTheMethodItAsksForIsLookedAt() {
        MatchConfig header = new MatchConfig(List.of(), Map.of("x", "1"), Map.of());
        route("GET", "/a", true)
                .route("POST", "/a", true, header)
                .route("ANY", "/{x}", true)
                .route("PUT", "/{x}", true);
        assertThat(others("OPTIONS", "/a", "origin", "https://a.example", "access-control-request-method", "POST"))
                .containsExactly("0 METHOD", "2 PRECEDENCE", "3 METHOD");
    }

    private List<String> others(String method, String target, String... headers) {
        Router router = new Router(RouteTable.of(routes), false);
        Exchange exchange = Exchanges.exchange(method, target, Body.absent(), headers);
        return router.others(exchange, router.route(exchange)).stream()
                .map(other -> other.route().index() + " " + other.reason())
                .toList();
    }

    @Test
    void noPermissionIsGivenForAnEncodedSlashThatNoRouteAccepts() {
        assertThat(route("GET", "/a/{id}", true).preflight(true, "GET", "/a/b%2Fc"))
                .isEqualTo("404");
        assertThat(ask(true, "GET", "/a/b%2Fc")).isEqualTo("400");
    }
}
