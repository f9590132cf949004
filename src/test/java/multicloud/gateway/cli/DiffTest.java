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
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DiffTest {
    private static final String DOCUMENT = """
            { "servers": [ { "alias": "a", "url": "https://a.example.com" }, { "alias": "b", "url": "https://b.example.com" } ],
              "authorizer": { "type": "jwt", "issuer": "https://login.example.com/", "audience": "shop",
                "algorithm": "HS256", "secret": "$secret.KEY" },
              "authorizers": [ { "alias": "partners", "type": "jwt", "issuer": "https://partners.example.com/",
                "audience": "shop", "algorithm": "HS256", "secret": "0123456789abcdef0123456789abcdef" } ],
              "paths": [
                { "method": ["GET", "POST"], "path": "/v1/orders/{id}", "auth": { "scopes": ["read"], "claims": { "t": ["x"] } },
                  "limits": { "body": "1MB" }, "mapping": { "headers": { "x-user": "$request.jwt.sub" } },
                  "integration": { "type": "http_proxy", "server": "a" } },
                { "method": "ANY", "path": "/v1/{.+}", "auth": true, "integration": { "type": "http_proxy", "server": "a" } },
                { "method": "GET", "path": "/health", "response": { "status": "ok" } } ] }
            """;

    @TempDir
    private Path folder;

    @Test
    void whatMakesTheSameGatewayIsNoDifference() throws IOException {
        String other = DOCUMENT.replace("\"ANY\"", "[ \"ANY\" ]")
                .replace("\"paths\": [", "\"title\": \"another\", \"timeouts\": { \"total\": \"29s\" }, \"paths\": [");
        Said said = diff(DOCUMENT, other);
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("no difference");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"auth\": true, | | ANY /v1/{.+} | lets everybody in; it let in only whom default knows | exposed",
                "\"auth\": true | \"auth\": { \"authorizer\": \"partners\" } | ANY /v1/{.+} | lets in whom partners knows, was default | wider",
                "\"scopes\": [\"read\"] | \"scopes\": [\"read\", \"write\"] | GET POST /v1/orders/{id} | auth.scopes: write added | narrower",
                "\"scopes\": [\"read\"], | | GET POST /v1/orders/{id} | auth.scopes: none, was read | wider",
                "\"t\": [\"x\"] | \"t\": [\"x\", \"y\"] | GET POST /v1/orders/{id} | auth.claims.t: y added | wider",
                "\"t\": [\"x\"] | \"u\": [\"x\"] | GET POST /v1/orders/{id} | auth.claims.t: no longer set, was x | wider",
                "1MB | 2MB | GET POST /v1/orders/{id} | limits.body: 2MB, was 1MB | wider",
                "1MB | 512KB | GET POST /v1/orders/{id} | limits.body: 512KB, was 1MB | narrower",
                "$request.jwt.sub | $request.jwt.email | GET POST /v1/orders/{id} | mapping.headers.x-user: $request.jwt.email, was $request.jwt.sub |",
                "\"response\": { \"status\": \"ok\" } | \"integration\": { \"type\": \"http\", \"server\": \"b\" } | GET /health | goes to b; it answered 200 |",
                "\"shop\", \"algorithm\" | [\"shop\", \"web\"], \"algorithm\" | default | audiences: web added | wider",
                "$secret.KEY | $secret.OTHER | default | another secret: $secret.OTHER, was $secret.KEY |",
                "0123456789abcdef\" | another-literal-\" | partners | another secret: ***, was *** |",
                "https://login.example.com/ | https://else.example.com/ | default | issuer: https://else.example.com/, was https://login.example.com/ | wider",
                "https://b.example.com | https://c.example.com | b | targets.b.url: https://c.example.com, was https://b.example.com |",
            })
    void whatChangesIsSaidInWordsOfTheGateway(String from, String to, String name, String text, String effect)
            throws IOException {
        String changed = DOCUMENT.replaceAll("\\s+", " ").replace(from, to == null ? "" : to);
        assertThat(changed).isNotEqualTo(DOCUMENT.replaceAll("\\s+", " "));
        Said said = diff(DOCUMENT, changed);
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains(" " + name + "  ");
        String mark = effect == null ? "" : "  [" + effect + "]";
        assertThat(said.out().lines())
                .anySatisfy(line -> assertThat(line.replaceFirst("^!? *", "")).isEqualTo(text + mark));
        assertThat(said.out()).doesNotContain("0123456789abcdef");
    }

    @Test
    void aRouteThatTakesRequestsFromOneThatHadAnAuthorizerExposesThem() throws IOException {
        String added = DOCUMENT.replace(
                "\"paths\": [",
                "\"paths\": [ { \"method\": \"GET\", \"path\": \"/v1/public\", \"response\": 1 },"
                        + "{ \"method\": \"GET\", \"path\": \"/other\", \"response\": 1 },");
        assertThat(diff(DOCUMENT, added).out()).isEqualTo("""
                + GET /v1/public  /paths/0
                !     takes requests that ANY /v1/{.+} took: lets everybody in; it let in only whom default knows  [exposed]
                      answers 200, lets everybody in  [wider]
                + GET /other  /paths/1
                      answers 200, lets everybody in  [wider]
                """);
        assertThat(diff(added, DOCUMENT).out()).isEqualTo("""
                - GET /v1/public  /paths/0
                      answered 200, let everybody in  [narrower]
                      its requests are those that ANY /v1/{.+} takes now
                - GET /other  /paths/1
                      answered 200, let everybody in  [narrower]
                """);
    }

    @Test
    void aRouteThatIsGoneMayLeaveItsRequestsToOneThatIsOpen() throws IOException {
        String open = DOCUMENT.replace("\"auth\": true, ", "");
        String gone = open.replace("\"/v1/orders/{id}\"", "\"/v2\"");
        assertThat(diff(open, gone).out()).contains("""
                - GET POST /v1/orders/{id}  /paths/0
                !     its requests are those that ANY /v1/{.+} takes now: lets everybody in; it let in only whom default knows, with read, with t x  [exposed]
                """);
    }

    @Test
    void aRouteThatIsTriedBeforeAnotherNowTakesItsRequests() throws IOException {
        String one =
                "{ \"method\": \"GET\", \"path\": \"/x\", \"match\": { \"headers\": { \"a\": \"1\" } }, \"auth\": true, "
                        + "\"response\": 1 }";
        String other =
                "{ \"method\": \"GET\", \"path\": \"/x\", \"match\": { \"headers\": { \"b\": \"1\" } }, \"response\": 1 }";
        String before = DOCUMENT.replace("\"paths\": [", "\"paths\": [" + one + "," + other + ",");
        String after = DOCUMENT.replace("\"paths\": [", "\"paths\": [" + other + "," + one + ",");
        assertThat(diff(before, after).out()).isEqualTo("""
                ~ GET /x if b: 1  /paths/0
                !     where both fit, takes requests that GET /x if a: 1 took: lets everybody in; it let in only whom default knows  [exposed]
                """);
        assertThat(diff(after, before).exit()).isEqualTo(1);
    }

    @Test
    void aMethodOfItsOwnIsComparedForItself() throws IOException {
        String other = DOCUMENT.replace("[\"GET\", \"POST\"]", "\"GET\"");
        Said said = diff(DOCUMENT, other);
        assertThat(said.out()).contains("- POST /v1/orders/{id}").doesNotContain("GET");
    }

    @Test
    void whatChangesInTheSameWayIsThereOnce() throws IOException {
        String slower = DOCUMENT.replace("\"paths\": [", "\"timeouts\": { \"total\": \"10s\" }, \"paths\": [");
        Said said = diff(DOCUMENT, slower);
        assertThat(said.out()).startsWith("""
                ~ GET POST /v1/orders/{id}  /paths/0
                ~ ANY /v1/{.+}  /paths/1
                ~ GET /health  /paths/2
                      timeouts.total: 10s, was 29s
                """);
    }

    @Test
    void everyKeyOfAHolderIsComparedByItself() throws IOException {
        String document = """
                { "authorizer": { "type": "api_key", "header": "x-api-key", "keys": [
                    { "id": "acme", "sha256": "%s", "scopes": [ "read" ] }, { "id": "acme", "sha256": "$env.NEXT", "scopes": [ "read" ] } ] },
                  "paths": [ { "method": "GET", "path": "/a", "auth": true, "response": "in" } ] }
                """.formatted("0".repeat(64));
        assertThat(diff(
                                document,
                                document.replace(
                                        "0\", \"scopes\": [ \"read\"", "0\", \"scopes\": [ \"read\", \"write\""))
                        .out())
                .contains("keys.acme.scopes: write added  [wider]");
        assertThat(diff(document, document.replace("NEXT\", \"scopes\": [ \"read\"", "NEXT\", \"scopes\": [ \"all\""))
                        .out())
                .contains("keys.acme (2).scopes: all added, read gone  [wider]");
        assertThat(diff(document, document.replace("$env.NEXT", "$env.OTHER")).out())
                .contains("keys.acme (2).sha256");
    }

    @Test
    void anExposedPathIsRedOnATerminal() throws IOException {
        Path one = write("one.json", DOCUMENT);
        Path other = write("other.json", DOCUMENT.replace("\"auth\": true, ", ""));
        assertThat(Cli.onTerminal(Map.of()).with("diff", one, other).out())
                .contains("\u001b[31m!     lets everybody in; it let in only whom default knows  [exposed]\u001b[0m");
    }

    @Test
    void theSameIsThereAsJson() throws IOException {
        Path one = write("one.json", DOCUMENT);
        Path other = write("other.json", DOCUMENT.replace("\"auth\": true, ", ""));
        Said said = Cli.run("diff", "--json", one, other);
        assertThat(said.exit()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(said.out());
        assertThat(json).isEqualTo(new ObjectMapper().readTree("""
                { "same": false, "changes": [ { "what": "route", "kind": "changed", "name": "ANY /v1/{.+}", "pointer": "/paths/1",
                    "effect": "exposed", "settings": [ { "setting": "auth",
                      "before": "authorizer default", "after": null, "effect": "exposed",
                      "text": "lets everybody in; it let in only whom default knows" } ] } ] }
                """));
        assertThat(Cli.run("diff", "--json", one, one).out()).contains("\"same\" : true");
    }

    @Test
    void troubleIsNoDifference() throws IOException {
        Path good = write("good.json", DOCUMENT);
        Path bad = write("bad.json", "{\"paths\":1}");
        Said refused = Cli.run("diff", good, bad);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(bad + ":1:10: error: ");
        assertThat(refused.out()).isEmpty();
        assertThat(Cli.run("diff", folder.resolve("none.json"), good).exit()).isEqualTo(2);
        assertThat(Cli.run("diff", good, "s3://bucket").exit()).isEqualTo(2);
        assertThat(Cli.run("diff", good, "s3://bucket/key").exit()).isEqualTo(2);
    }

    private Said diff(String before, String after) throws IOException {
        return Cli.run("diff", write("before.json", before), write("after.json", after));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
