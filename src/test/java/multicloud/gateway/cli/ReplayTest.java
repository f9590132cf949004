package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReplayTest {
    private static final String DOCUMENT = """
            { "servers": [ { "alias": "a", "url": "https://a.example.com" }, { "alias": "b", "url": "https://b.example.com" } ],
              "authorizer": { "type": "jwt", "issuer": "https://login.example.com/", "audience": "shop",
                "algorithm": "HS256", "secret": "$secret.KEY" },
              "paths": [
                { "method": "GET", "path": "/orders/{id}", "auth": true, "integration": { "type": "http", "server": "a" } },
                { "method": "POST", "path": "/orders", "limits": { "body": "1KB" }, "integration": { "type": "http", "server": "a" } },
                { "method": "GET", "path": "/open", "integration": { "type": "http", "server": "a" } },
                { "method": "GET", "path": "/beta", "match": { "headers": { "x-beta": "1" } },
                  "integration": { "type": "http", "server": "b" } },
                { "method": "GET", "path": "/beta", "integration": { "type": "http", "server": "a" } },
                { "method": "GET", "path": "/health", "response": { "status": "ok" } } ] }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET  | /orders/1 | /orders/{id} | 200 | a | default | -                | -",
                "GET  | /orders/1 | /orders/{n}  | 200 | a | default | -                | -",
                "GET  | /orders/1 | /orders/{id} | 401 | - | -       | -                | -",
                "GET  | /orders/1 | /orders/{id} | 401 | a | default | -                | -",
                "GET  | /orders/1 | /{rest+}     | 200 | a | default | - | other route: /orders/{id}, was /{rest+}",
                "GET  | /orders/1 | /orders/{id} | 200 | b | default | - | other server: a, was b",
                "GET  | /orders/1 | /orders/{id} | 200 | a | -       | - | only whom default knows is let in, was open to everybody",
                "GET  | /orders/1 | /orders/{id} | 200 | a | partners | - | other authorizer: default, was partners",
                "GET  | /open     | /open        | 200 | a | default | - | everybody is let in, was let in by default",
                "GET  | /open     | /open        | 401 | - | -       | - | everybody is let in, was refused with 401",
                "GET  | /open     | /open        | 504 | a | -       | upstream_timeout | -",
                "GET  | /open     | /open        | 200 | - | -       | - | goes to a, was answered 200 by the gateway",
                "GET  | /open     | -            | 404 | - | -       | no_route | taken by /open (a), was 404",
                "GET  | /gone     | /gone        | 200 | a | -       | - | 404, was taken by /gone",
                "PUT  | /open     | /open        | 200 | a | -       | - | 405, was taken by /open",
                "GET  | /gone     | -            | 404 | - | -       | no_route | -",
                "PUT  | /open     | -            | 404 | - | -       | no_route | 405, was 404",
                "GET  | /health   | /health      | 200 | - | -       | - | -",
                "GET  | /health   | /health      | 200 | a | -       | - | other server: answered 200 by the gateway, was a",
                "GET  | /beta     | /beta        | 200 | x | -       | - | other server: a, was x",
            })
    void aRequestIsComparedWithWhatBecameOfIt(
            String method,
            String path,
            String route,
            int status,
            String server,
            String authorizer,
            String code,
            String difference)
            throws IOException {
        Said said = replay(line(method, path, route, status, server, authorizer, code));
        assertThat(said.exit()).as(said.err()).isEqualTo(difference == null ? 0 : 1);
        assertThat(said.err())
                .contains("1 request: " + (difference == null ? 0 : 1) + " would be answered otherwise, 0 ");
        if (difference == null) {
            assertThat(said.out()).isEmpty();
        } else {
            assertThat(said.out().lines()).hasSize(2).last().asString().endsWith("  " + difference);
        }
    }

    @Test
    void aRequestWhoseHeadersWouldDecideCannotBeTold() throws IOException {
        Said said = replay(
                line("GET", "/beta", "/beta", 200, "b", null, null),
                line("GET", "/beta", "/beta", 200, "a", null, null),
                line("OPTIONS", "/open", null, 204, null, null, null),
                line("GET", "-", null, 400, null, null, "malformed_request"));
        assertThat(said.exit()).isZero();
        assertThat(said.err()).contains("4 requests: 0 would be answered otherwise, 4 cannot be told");
    }

    @Test
    void aBodyOverTheNewLimitIsRefused() throws IOException {
        String large =
                line("POST", "/orders", "/orders", 200, "a", null, null).replace("\"bytes_in\":0", "\"bytes_in\":1025");
        assertThat(replay(large).out()).contains("413: its body has more than 1024 bytes");
        assertThat(replay(large.replace("1025", "1024")).exit()).isZero();
    }

    @Test
    void whatIsNoRequestIsPassedOverAndTheMostFrequentComesFirst() throws IOException {
        String gone = line("GET", "/gone/1", "/gone/{id}", 200, "a", null, null);
        Said said = replay(
                "INIT_START Runtime Version: java:25",
                "{\"type\":\"config\",\"time\":\"x\",\"event\":\"loaded\"}",
                line("GET", "/x", "/x", 200, "a", null, null),
                "2026-11-01T12:00:00.000Z " + gone,
                gone.replace("/gone/1", "/gone/2"),
                gone.substring(0, 40));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEqualTo("""
                REQUESTS  METHOD  LIKE     WOULD BE
                2         GET     /gone/1  404, was taken by /gone/{id}
                1         GET     /x       404, was taken by /x
                """);
    }

    @Test
    void theSameIsThereAsJson() throws IOException {
        Path log = write("log", line("GET", "/x", "/x", 200, "a", null, null));
        Said said = Cli.run("replay", "--json", log, write("gateway.json", DOCUMENT));
        assertThat(new ObjectMapper().readTree(said.out())).isEqualTo(new ObjectMapper().readTree("""
                { "requests": 1, "different": 1, "unsure": 0, "differences": [
                  { "requests": 1, "method": "GET", "example": "/x", "how": "404, was taken by /x" } ] }
                """));
    }

    @Test
    void troubleIsNoDifference() throws IOException {
        Path good = write("gateway.json", DOCUMENT);
        Path log = write("log", line("GET", "/x", "/x", 200, "a", null, null));
        assertThat(Cli.run("replay", folder.resolve("none"), good).exit()).isEqualTo(2);
        assertThat(Cli.run("replay", log, write("bad.json", "{}")).exit()).isEqualTo(2);
        Said empty = Cli.run("replay", write("empty", "no request\n"), good);
        assertThat(empty.exit()).isEqualTo(2);
        assertThat(empty.err()).contains("no line about a request");
    }

    private Said replay(String... lines) throws IOException {
        return Cli.run("replay", write("log", String.join("\n", lines)), write("gateway.json", DOCUMENT));
    }

    private static String line(
            String method, String path, String route, int status, String server, String authorizer, String code) {
        return ("{\"type\":\"access\",\"time\":\"2026-11-01T12:00:00Z\",\"request_id\":\"i\",\"trace_id\":null,\"method\":\"%s\","
                        + "\"path\":\"%s\",\"route\":%s,\"status\":%d,\"duration_ms\":1.2,\"subject\":null,\"authorizer\":%s,"
                        + "\"server\":%s,\"attempts\":[{\"target\":\"a\",\"ms\":1}],\"bytes_in\":0,\"bytes_out\":1,"
                        + "\"config_version\":\"v\",\"code\":%s}")
                .formatted(method, path, text(route), status, text(authorizer), text(server), text(code));
    }

    private static String text(String value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
