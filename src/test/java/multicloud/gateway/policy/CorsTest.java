package multicloud.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.CorsConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
    private static final String ORIGIN = "https://app.example.com";

    private static Cors cors(String members) {
        String document = "{\"cors\": {" + members + "}, \"paths\": []}";
        CorsConfig config = switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config().general().cors();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
        assertThat(config).isNotNull();
        return new Cors(config);
    }

    private static Handler answering(String... headers) {
        return exchange -> new Response(200, Headers.of(headers), Body.empty());
    }

    private static Exchange preflight(String method, String headers) {
        return Exchanges.exchange(
                "OPTIONS",
                "/",
                Body.absent(),
                "Origin",
                ORIGIN,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);
    }

    @Test
    void everythingIsSaidToAnOriginThatMatches() {
        Cors cors = cors("""
                "allow_origins": ["https://app.example.com"], "allow_methods": ["GET", "PUT"], "allow_headers": ["x-a", "X-B"],
                "expose_headers": ["x-c"], "allow_credentials": true, "max_age": 0""");
        Response response = cors.around(answering("x-own", "1")).handle(Exchanges.get("/", "origin", ORIGIN));
        assertThat(response.headers())
                .isEqualTo(Headers.of(
                        "x-own", "1",
                        "access-control-allow-origin", ORIGIN,
                        "access-control-allow-methods", "GET,PUT",
                        "access-control-allow-headers", "x-a,X-B",
                        "access-control-expose-headers", "x-c",
                        "access-control-allow-credentials", "true",
                        "access-control-max-age", "0",
                        "vary", "Origin"));
    }

    @Test
    void withoutCredentialsTheyAreNotSpokenOf() {
        Cors cors = cors("\"allow_origins\": [\"*\"], \"allow_credentials\": false");
        assertThat(cors.around(answering())
                        .handle(Exchanges.get("/", "origin", "null"))
                        .headers())
                .isEqualTo(Headers.of("access-control-allow-origin", "*", "vary", "Origin"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|Origin",
                "Accept|Accept,Origin",
                "origin|origin",
                "Accept, ORIGIN , Cookie|Accept, ORIGIN , Cookie",
                "*|*",
                "Origins|Origins,Origin",
                "X-Origin|X-Origin,Origin"
            })
    void varyIsAppendedUnlessItSaysSoAlready(String upstreams, String expected) {
        Cors cors = cors("\"allow_origins\": [\"https://app.example.com\"]");
        Handler upstream = upstreams == null ? answering() : answering("Vary", upstreams);
        for (Exchange exchange : List.of(
                Exchanges.get("/"), Exchanges.get("/", "Origin", ORIGIN), Exchanges.get("/", "Origin", "https://x"))) {
            assertThat(cors.around(upstream).handle(exchange).headers().joined("vary"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatAnUpstreamSaysOfItIsTakenOffInAnyCase() {
        Cors cors = cors("\"allow_origins\": [\"https://app.example.com\"]");
        Handler upstream = answering(
                "Access-Control-Allow-Origin",
                "*",
                "ACCESS-CONTROL-ANYTHING",
                "1",
                "access-control",
                "kept",
                "x-a",
                "1");
        assertThat(cors.around(upstream).handle(Exchanges.get("/")).headers())
                .isEqualTo(Headers.of("access-control", "kept", "x-a", "1", "vary", "Origin"));
    }

    @Test
    void aBodyIsLeftAlone() {
        Body body = Body.of(new byte[] {1});
        Response response = cors("\"allow_origins\": [\"*\"]")
                .around(exchange -> new Response(418, Headers.empty(), body))
                .handle(Exchanges.get("/"));
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.body()).isSameAs(body);
    }

    @Test
    void aPreflightNamesTheMethodsThatAreTakenWhereTheDocumentNamesNone() {
        Response response = cors("\"allow_origins\": [\"https://app.example.com\"]")
                .preflight(preflight("PUT", "x-a"), new TreeSet<>(List.of("PUT", "GET")));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body().isAbsent()).isTrue();
        assertThat(response.headers())
                .isEqualTo(Headers.of(
                        "x-request-id", "id-1",
                        "access-control-allow-origin", ORIGIN,
                        "access-control-allow-methods", "GET,PUT",
                        "vary", "Origin"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"x-a|x-a", "X-A, x-b|X-A, x-b", "''|-", "x a|-", "x-a,|-", "x-a: 1|-", "*|*"})
    void aStarWithCredentialsIsSaidAsTheNamesThatWereAskedFor(String asked, String said) {
        Response response = cors("""
                "allow_origins": ["https://app.example.com"], "allow_methods": ["*"], "allow_headers": ["x-z", "*"],
                "allow_credentials": true""").preflight(preflight("PATCH", asked), new TreeSet<>(List.of("PATCH")));
        assertThat(response.headers().first("access-control-allow-methods")).isEqualTo("PATCH");
        assertThat(response.headers().first("access-control-allow-headers")).isEqualTo(said);
        assertThat(response.headers().joined("vary"))
                .isEqualTo("access-control-request-method,access-control-request-headers,Origin");
    }

    @Test
    void aPreflightOfAnotherOriginIsToldNothing() {
        Exchange exchange = Exchanges.exchange(
                "OPTIONS",
                "/",
                Body.absent(),
                "Origin",
                "https://evil.example",
                "Access-Control-Request-Method",
                "GET");
        assertThat(
                        cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_methods\": [\"GET\"], \"max_age\": 5")
                                .preflight(exchange, new TreeSet<>(List.of("GET")))
                                .headers())
                .isEqualTo(Headers.of("x-request-id", "id-1", "vary", "Origin"));
    }

    @Test
    void aRefusedPreflightTellsItsPageOnlyThatItMayRead() {
        Cors cors =
                cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_methods\": [\"GET\"], \"max_age\": 5");
        Response response = cors.toRefusedPreflight()
                .around(exchange -> Answers.of(Failure.NO_ROUTE, exchange))
                .handle(preflight("GET", "x-a"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(response.headers().contains("access-control-allow-methods")).isFalse();
        assertThat(response.headers().contains("access-control-max-age")).isFalse();
    }

    @Test
    void otherOptionsTellTheMethods() {
        Response response = cors("\"allow_origins\": [\"*\"]")
                .options(Exchanges.exchange("OPTIONS", "/", Body.absent()), new TreeSet<>(List.of("PUT", "GET")));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers())
                .isEqualTo(Headers.of("allow", "GET, PUT", "x-request-id", "id-1", "vary", "Origin"));
    }
}
