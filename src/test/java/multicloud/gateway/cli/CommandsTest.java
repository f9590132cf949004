package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = """
            { "servers": [ { "alias": "s", "url": "http://127.0.0.1:9" } ],
              "paths": [
                { "method": "ANY", "path": "/any/{.+}", "integration": { "type": "http", "server": "s" } },
                { "method": "GET", "path": "/hello", "response": { "hi": 1 } },
                { "method": ["GET", "PUT"], "path": "/v1/{id}", "match": { "headers": { "x-beta": "1" } },
                  "integration": { "type": "http_proxy", "server": "s", "rewrite": "/i/{id}" } } ] }
            """;
    private static final String BAD = """
            {
              "paths": [
                { "method": "GET", "path": "/a", "colour": 1 }
              ]
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "check",
                "routes",
                "routes a b",
                "explain",
                "explain f GET",
                "explain f GET / -H nocolon",
                "explain f GET / -H :v",
                "explain f GET / -H na{me:v",
                "explain f GET / x",
                "map",
                "map a b",
                "map a -o",
                "serve --port x",
                "serve",
                "invoke",
                "invoke e.json",
                "publish f",
                "publish f http://x/y",
                "publish f s3://bucket",
                "publish f s3://b/k --replace --if-match e",
                "diff a",
                "diff a s3://bucket",
                "diff a b c",
                "history",
                "history f",
                "history s3://b/k --limit x",
                "rollback",
                "rollback f",
                "replay l",
                "replay l s3://b",
                "demo x",
                "check --nonsense f"
            })
    void wrongUsageIsSaidOnStderr(String line) {
        Said said = Cli.run((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsAnyOf("Usage: ", "Unmatched argument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "serve --help",
                "check --help",
                "routes --help",
                "explain --help",
                "map --help",
                "invoke --help",
                "diff --help",
                "replay --help",
                "publish --help",
                "history --help",
                "rollback --help"
            })
    void helpIsAResult(String line) {
        Said said = Cli.run((Object[]) line.split(" "));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).startsWith("Usage: gateway");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(Cli.run("--version").out()).matches("gateway \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void everyProblemOfEveryFileIsALine() throws IOException {
        Path bad = file("bad.json", BAD);
        Path good = file("good.json", GOOD);
        Said said = Cli.run("check", bad, good, bad);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out().lines().filter(line -> line.contains("colour")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).startsWith(bad + ":3:38: error: ").endsWith(" (/paths/0/colour)"));
        assertThat(said.err()).contains(good + ": good, 3 paths, 1 server");
    }

    @Test
    void checkSaysWhatAnAuthorizerOfCallersNeeds() {
        Said said = Cli.run("check", "samplesconfig/iam.json");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("\"batch\" needs a function URL of type AWS_IAM", "on serve it lets in nobody");
    }

    @Test
    void aFileThatCannotBeReadWinsOverOneThatIsRefused() throws IOException {
        Path none = folder.resolve("none.json");
        Said said = Cli.run("check", none, file("bad.json", BAD), folder);
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).contains("colour");
        assertThat(said.err()).contains(none + ": there is no such file", folder + ": it cannot be read");
    }

    @Test
    void referencesAreLookedUpOnlyWhereAsked() throws IOException {
        Path file = file("env.json", GOOD.replace("\"http://127.0.0.1:9\"", "\"$env.THE_URL\""));
        assertThat(Cli.run("check", file).exit()).isZero();
        assertThat(Cli.run("check", "--resolve", file).out()).contains("THE_URL");
        assertThat(Cli.run("check", "--resolve", file).exit()).isEqualTo(1);
        assertThat(Cli.in(Map.of("THE_URL", "https://a.example"))
                        .with("check", "--resolve", file)
                        .exit())
                .isZero();
    }

    @Test
    void routesArePrintedInOrderOfPrecedence() throws IOException {
        Said said = Cli.run("routes", file("good.json", GOOD));
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .containsExactly(
                        "METHOD   PATH       IF         AUTH  GOES TO",
                        "GET PUT  /v1/{id}   x-beta: 1  -     s /i/{id}",
                        "GET      /hello                -     answer 200",
                        "ANY      /any/{.+}             -     s");
    }

    @Test
    void routesAsJsonHaveEveryField() throws IOException {
        JsonNode rows = JSON.readTree(
                Cli.run("routes", "--json", file("good.json", GOOD)).out());
        assertThat(rows).isEqualTo(JSON.readTree("""
                [ { "index": 2, "method": ["GET", "PUT"], "path": "/v1/{id}", "match": { "headers": { "x-beta": "1" } },
                    "auth": null, "integration": "http_proxy", "server": "s", "residency": null },
                  { "index": 1, "method": ["GET"], "path": "/hello", "match": null, "auth": null,
                    "integration": "response", "server": null, "residency": null },
                  { "index": 0, "method": ["ANY"], "path": "/any/{.+}", "match": null, "auth": null,
                    "integration": "http_proxy", "server": "s", "residency": null } ]
                """));
    }

    @Test
    void routesNameTheAuthorizerThatLetsSomebodyIn() throws IOException {
        Path file = file("auth.json", """
                { "authorizer": { "type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "$secret.KEY" },
                  "authorizers": [ { "alias": "partners", "type": "jwt", "issuer": "p", "audience": "a", "algorithm": "HS256", "secret": "$secret.KEY" } ],
                  "paths": [
                    { "method": "GET", "path": "/a", "auth": true, "response": 1 },
                    { "method": "GET", "path": "/b", "auth": { "authorizer": "partners" }, "response": 1 },
                    { "method": "GET", "path": "/c", "auth": false, "response": 1 } ] }
                """);
        assertThat(Cli.run("routes", file).out().lines())
                .containsExactly(
                        "METHOD  PATH  AUTH      GOES TO",
                        "GET     /a    default   answer 200",
                        "GET     /b    partners  answer 200",
                        "GET     /c    -         answer 200");
        JsonNode rows = JSON.readTree(Cli.run("routes", "--json", file).out());
        assertThat(rows.findValues("auth"))
                .extracting(auth -> auth.isNull() ? null : auth.asText())
                .containsExactly("default", "partners", null);
    }

    @Test
    void routesOfARefusedConfigAreNotPrinted() throws IOException {
        Said said = Cli.run("routes", file("bad.json", BAD));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("bad.json:3:38: error: ");
        assertThat(Cli.run("routes", folder.resolve("none.json")).exit()).isEqualTo(1);
    }

    @Test
    void coloursAreForTerminalsThatWantThem() throws IOException {
        Path file = file("good.json", GOOD);
        assertThat(Cli.onTerminal(Map.of()).with("routes", file).out()).contains("\u001b[");
        assertThat(Cli.onTerminal(Map.of("NO_COLOR", "1")).with("routes", file).out())
                .doesNotContain("\u001b[");
        assertThat(Cli.in(Map.of()).with("routes", file).out()).doesNotContain("\u001b[");
    }

    @Test
    void anEventIsAnsweredInOneLine() throws IOException {
        Path good = file("good.json", GOOD);
        Said said = Cli.run("invoke", event("/hello"), "--config", good);
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines()).hasSize(1);
        JsonNode result = JSON.readTree(said.out());
        assertThat(result.path("statusCode").asInt()).isEqualTo(200);
        assertThat(result.path("body").asText()).isEqualTo("{\"hi\":1}");
        assertThat(said.err()).contains("\"type\":\"access\"");
        assertThat(JSON.readTree(Cli.run("invoke", event("/none"), "--config", good)
                                .out())
                        .path("statusCode")
                        .asInt())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoEventIsSaid() throws IOException {
        Path good = file("good.json", GOOD);
        Said said = Cli.run("invoke", file("e.json", "{\"Records\": []}"), "--config", good);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("no function-URL event", "Records");
        assertThat(Cli.run("invoke", folder.resolve("none.json"), "--config", good)
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void anEventForARefusedConfigIsNotAnswered() throws IOException {
        Said said = Cli.run("invoke", event("/a"), "--config", file("bad.json", BAD));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("bad.json:3:38: error: ");
    }

    @Test
    void theEnvironmentNamesTheConfigToo() throws IOException {
        Said said = Cli.in(Map.of("GATEWAY_CONFIG_JSON", GOOD)).with("invoke", event("/hello"));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("{\\\"hi\\\":1}");
    }

    private Path event(String path) throws IOException {
        return file("event.json", """
                {"version":"2.0","rawPath":"%s","rawQueryString":"","headers":{"host":"a.test"},
                 "requestContext":{"requestId":"id-1","domainName":"a.test",
                   "http":{"method":"GET","path":"/x","protocol":"HTTP/1.1","sourceIp":"203.0.113.9"}},"isBase64Encoded":false}
                """.formatted(path));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
