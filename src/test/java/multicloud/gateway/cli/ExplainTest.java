package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENT = """
            { "variables": { "token": "$secret.PARTNER_TOKEN" },
              "authorizer": { "type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "$secret.JWT_KEY" },
              "cors": { "allow_origins": ["https://app.example"], "allow_methods": ["GET"] },
              "servers": [ { "alias": "orders", "url": "https://orders.example/base" },
                           { "alias": "partner", "url": "$env.PARTNER_URL" } ],
              "paths": [
                { "method": "GET", "path": "/v1/orders/{id}", "integration": { "type": "http_proxy", "server": "orders" },
                  "auth": { "scopes": ["orders:read"], "claims": { "tenant": ["a", "b"] } },
                  "mapping": { "headers": { "x-user": "$request.jwt.sub", "authorization": "Bearer ${config.token}", "x-debug": "$request.header.x-debug" },
                               "query": { "key": "$config.token", "id": "$request.path.id" } } },
                { "method": ["POST", "PUT"], "path": "/v1/orders/{rest+}", "cors": false,
                  "integration": { "type": "http_proxy", "server": "partner", "rewrite": "$env.REWRITE" } },
                { "method": "ANY", "path": "/v1/{.+}", "match": { "host": ["beta.example"] },
                  "integration": { "type": "http_proxy", "server": "orders" } },
                { "method": "GET", "path": "/health", "response": { "up": 1.50, "key": "$secret.PARTNER_TOKEN" },
                  "mapping": { "response_headers": { "x-asked": "$request.id" } } } ] }
            """;

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("gateway.json"), DOCUMENT);
    }

    private Said explain(String method, String target, String... more) {
        List<Object> args = new ArrayList<>(List.of("explain", file, method, target));
        args.addAll(List.of(more));
        return Cli.run(args.toArray());
    }

    private JsonNode json(String method, String target, String... fields) throws IOException {
        List<String> more = new ArrayList<>(List.of("--json"));
        for (String field : fields) {
            more.addAll(List.of("-H", field));
        }
        Said said = explain(method, target, more.toArray(String[]::new));
        assertThat(said.exit()).isZero();
        assertThat(said.err()).isEmpty();
        return JSON.readTree(said.out());
    }

    @Test
    void whatGoesToAServerIsToldInFull() throws IOException {
        assertThat(json("GET", "/v1/orders/4%202?x=1&key=y", "Origin: https://app.example", "X-Other: 1"))
                .isEqualTo(JSON.readTree("""
                        { "matched": true, "status": null,
                          "route": { "index": 0, "method": ["GET"], "path": "/v1/orders/{id}" }, "params": { "id": "4 2" },
                          "candidates": [ { "index": 1, "path": "/v1/orders/{rest+}", "reason": "method" },
                                          { "index": 2, "path": "/v1/{.+}", "reason": "host" },
                                          { "index": 3, "path": "/health", "reason": "path" } ],
                          "auth": { "required": true, "authorizer": "default", "scopes": ["orders:read"], "claims": { "tenant": ["a", "b"] } },
                          "cors": { "origin": "https://app.example",
                                    "headers": { "access-control-allow-origin": "https://app.example", "access-control-allow-methods": "GET" } },
                          "upstream": { "server": "orders", "method": "GET",
                            "targets": [ { "name": "orders", "url": "https://orders.example/base/v1/orders/4%202?x=1&key=***&id=4%202",
                                           "priority": 0, "share": 1.0 } ],
                            "headers": { "set": { "x-user": "$request.jwt.sub", "authorization": "Bearer ***" }, "removed": ["x-debug"] } },
                          "response": null }
                        """));
    }

    @Test
    void whatTheGatewayAnswersItselfIsToldInFull() throws IOException {
        assertThat(json("GET", "/health")).isEqualTo(JSON.readTree("""
                        { "matched": true, "status": 200,
                          "route": { "index": 3, "method": ["GET"], "path": "/health" }, "params": {},
                          "candidates": [ { "index": 0, "path": "/v1/orders/{id}", "reason": "path" },
                                          { "index": 1, "path": "/v1/orders/{rest+}", "reason": "path" },
                                          { "index": 2, "path": "/v1/{.+}", "reason": "path" } ],
                          "auth": { "required": false, "authorizer": null, "scopes": [] },
                          "cors": { "origin": null, "headers": {} },
                          "upstream": null,
                          "response": { "status": 200,
                            "headers": { "content-type": "application/json", "x-request-id": "$request.id", "x-asked": "$request.id", "vary": "Origin" },
                            "body": { "up": 1.50, "key": "***" } } }
                        """));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/none,false,404",
        "POST,/health,false,405",
        "GET,//health,false,400",
        "GET,/v1/orders/a%2Fb,false,400",
        "GET,health,false,400",
        "BREW,/health,false,501",
        "GET,/health?a b,true,400",
        "HEAD,/health,true,200",
        "OPTIONS,/health,true,204"
    })
    void theStatusOfAnAnswerOfItsOwnIsSaid(String method, String target, boolean matched, int status)
            throws IOException {
        JsonNode json = json(method, target);
        assertThat(json.path("matched").asBoolean()).isEqualTo(matched);
        assertThat(json.path("status").asInt()).isEqualTo(status);
        assertThat(json.path("response").path("status").asInt()).isEqualTo(status);
        assertThat(json.path("route").isNull()).isEqualTo(!matched);
        assertThat(json.path("upstream").isNull()).isTrue();
    }

    @Test
    void aPreflightIsAnsweredForTheRouteItAsksFor() throws IOException {
        JsonNode json =
                json("OPTIONS", "/v1/orders/1", "Origin: https://app.example", "Access-Control-Request-Method: GET");
        assertThat(json.path("status").asInt()).isEqualTo(204);
        assertThat(json.path("route").path("index").asInt()).isZero();
        assertThat(json.path("auth").path("required").asBoolean()).isFalse();
        assertThat(json.path("cors").path("origin").asText()).isEqualTo("https://app.example");
        assertThat(json.path("response").path("body").isNull()).isTrue();
    }

    @Test
    void theHostIsThatOfTheHeader() throws IOException {
        assertThat(json("GET", "/v1/x", "Host: beta.example:8080")
                        .path("route")
                        .path("index")
                        .asInt())
                .isEqualTo(2);
        assertThat(json("GET", "/v1/x").path("matched").asBoolean()).isFalse();
    }

    @Test
    void aFieldThatIsGivenTwiceIsThereTwice() throws IOException {
        assertThat(json("GET", "/v1/orders/1", "x-debug: 1", "X-Debug:2 ")
                        .at("/upstream/headers/set/x-debug")
                        .asText())
                .isEqualTo("1,2");
    }

    @Test
    void whatIsNotLookedUpStandsAsItIsWritten() throws IOException {
        JsonNode json = json("PUT", "/v1/orders/1/2");
        assertThat(json.at("/upstream/targets/0/url").asText()).isEqualTo("$env.PARTNER_URL/$env.REWRITE");
        assertThat(json.path("cors").isNull()).isTrue();
    }

    @Test
    void aPersonIsToldTheDecisionFirst() {
        Said said = explain("GET", "/v1/orders/42?x=1", "-H", "origin: https://app.example");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).isEqualTo("""
                GET /v1/orders/42?x=1

                route     GET /v1/orders/{id}  (/paths/0)
                goes to   orders
                          https://orders.example/base/v1/orders/42?x=1&key=***&id=42
                not       POST PUT /v1/orders/{rest+}  (/paths/1)  another method
                          ANY /v1/{.+}  (/paths/2)                 another host
                          and 1 other

                params    id = 42
                auth      default, scopes orders:read, tenant a|b
                cors      access-control-allow-origin: https://app.example
                          access-control-allow-methods: GET
                headers   x-user: $request.jwt.sub
                          authorization: Bearer ***
                          x-debug is removed
                """);
    }

    @Test
    void aPersonIsToldWhatTheGatewayAnswers() {
        assertThat(explain("POST", "/health").out()).isEqualTo("""
                POST /health

                route     none
                answer    405  by the gateway itself
                not       GET /health  (/paths/3)  another method
                          and 3 others

                cors      no word of it to this origin
                response  content-type: application/json
                          cache-control: no-store
                          x-request-id: $request.id
                          allow: GET, HEAD, OPTIONS
                          vary: Origin
                          {"message":"The method is not allowed here.","code":"method_not_allowed","request_id":"$request.id"}
                """);
    }

    @Test
    void nothingThatWasAskedSteersTheTerminal() {
        Said said = Cli.onTerminal(Map.of("NO_COLOR", "1"))
                .with("explain", file, "GET", "/v1/orders/%1b[31m\u001b[1m", "-H", "x-debug: \u202e");
        assertThat(said.out()).doesNotContain("\u001b", "\u202e").contains("\\u001b[1m");
        Said coloured = Cli.onTerminal(Map.of()).with("explain", file, "GET", "/v1/orders/1");
        assertThat(coloured.out()).contains("\u001b[1m");
        assertThat(coloured.out().replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(explain("GET", "/v1/orders/1").out());
    }

    @Test
    void aRefusedConfigExplainsNothing() throws IOException {
        Files.writeString(file, "{ \"paths\": [ { \"method\": \"GET\", \"path\": \"/a\", \"colour\": 1 } ] }");
        Said said = explain("GET", "/a");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("gateway.json:1:").contains("colour");
        assertThat(Cli.run("explain", folder.resolve("none.json"), "GET", "/").exit())
                .isEqualTo(1);
    }
}
