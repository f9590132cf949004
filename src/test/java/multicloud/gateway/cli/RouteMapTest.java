package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code map} writes; what a browser makes of it is {@link MapInBrowserIT}'s. */
@Timeout(60)
class RouteMapTest {
    private static final String GOOD = """
            { "title": "a </script> <!-- title", "servers": [ { "alias": "s", "url": "http://127.0.0.1:9" } ],
              "variables": { "key": "$secret.KEY" },
              "paths": [
                { "method": "ANY", "path": "/any/{.+}", "integration": { "type": "http", "server": "s" },
                  "mapping": { "headers": { "x-key": "$config.key" } } },
                { "method": "GET", "path": "/<b>", "match": { "headers": { "x-k": "$secret.KEY" } }, "response": 1 } ] }
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("gateway.json"), text);
    }

    private static String between(String page, String start, String end) {
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf(end, from));
    }

    private static JsonNode table(String page) throws IOException {
        return new ObjectMapper()
                .readTree(between(page, "<script id=\"table\" type=\"application/json\">", "</script>"));
    }

    @Test
    void thePageIsTheResultUnlessItGetsAName() throws IOException {
        Path page = folder.resolve("map.html");
        Said shown = Cli.run("map", file(GOOD));
        Said written = Cli.run("map", folder.resolve("gateway.json"), "-o", page);
        assertThat(shown.exit()).isZero();
        assertThat(written.exit()).isZero();
        assertThat(shown.out()).startsWith("<!doctype html>").isEqualTo(Files.readString(page));
        assertThat(shown.err()).isEmpty();
        assertThat(written.out()).isEmpty();
        assertThat(written.err()).contains(page.toString());
    }

    @Test
    void aRefusedConfigIsNotDrawn() throws IOException {
        Path page = folder.resolve("map.html");
        Said said = Cli.run("map", file("{\"paths\":1}"), "-o", page);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("gateway.json:1:10: error: ");
        assertThat(page).doesNotExist();
        assertThat(Cli.run("map", folder.resolve("none.json")).exit()).isEqualTo(1);
    }

    @Test
    void aPageThatCannotBeWrittenIsSaid() throws IOException {
        Said said = Cli.run("map", file(GOOD), "-o", folder);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains(folder + ": it cannot be written");
    }

    @Test
    void nothingOfTheConfigIsMarkup() throws IOException {
        String page = Cli.run("map", file(GOOD)).out();
        assertThat(page.split("</script", -1)).hasSize(3);
        assertThat(page.split("<!--", -1)).hasSize(1);
        assertThat(table(page).path("title").asText()).isEqualTo("a </script> <!-- title");
        assertThat(table(page).at("/routes/1/path").asText()).isEqualTo("/any/{.+}");
    }

    @Test
    void aConfigWithoutATitleIsCalledByItsFile() throws IOException {
        String page = Cli.run("map", file("{\"servers\":[],\"paths\":[]}")).out();
        assertThat(table(page).path("title").asText()).isEqualTo("gateway.json");
    }

    @Test
    void secretsAreMasked() throws IOException {
        JsonNode routes = table(Cli.run("map", file(GOOD)).out()).path("routes");
        assertThat(routes.at("/0/match/headers/x-k").asText()).isEqualTo("***");
        assertThat(routes.at("/1/headers/0/parts/0/shown").asText()).isEqualTo("***");
    }

    @Test
    void thePolicyLetsNothingRunButThePagesOwnScriptAndStyle() throws Exception {
        String page = Cli.run("map", file(GOOD)).out();
        assertThat(between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\""))
                .isEqualTo("default-src 'none'; script-src " + hash(between(page, "<script>", "</script>"))
                        + "; style-src " + hash(between(page, "<style>", "</style>"))
                        + "; base-uri 'none'; form-action 'none'");
    }

    private static String hash(String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
