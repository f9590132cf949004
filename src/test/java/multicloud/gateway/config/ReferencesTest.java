package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.References.Kind;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String DOCUMENT = """
            {"title": "$env.TITLE",
             "variables": {"key": "$secret.KEY", "old": "$secrets.KEY"},
             "servers": [{"alias": "$env.ALIAS", "url": "$env.URL", "timeouts": {"total": "$env.TOTAL"}, "cloud": "$env.CLOUD"}],
             "limits": {"body": "$env.LIMIT"},
             "paths": [
               {"method": ["$env.METHOD", "POST"], "path": "$env.PATH", "encoded_slashes": "$env.SLASHES",
                "match": {"host": ["$env.HOST"], "headers": {"x": "$secret.KEY"}, "query": {"q": "$env.EMPTY"}},
                "integration": {"type": "$env.TYPE", "server": "$env.ALIAS", "rewrite": "$env.REWRITE"}},
               {"method": "GET", "path": "/b", "response": {"a": ["$env.TITLE", 1]}, "response_headers": {"x-a": "$env.CLOUD"}}]}
            """;
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            entry("TITLE", "a \"title\""),
            entry("ALIAS", "orders"),
            entry("URL", "https://orders.example.com/x"),
            entry("TOTAL", "7s"),
            entry("CLOUD", "aws"),
            entry("LIMIT", "1KB"),
            entry("METHOD", "GET"),
            entry("PATH", "/a/{id}"),
            entry("SLASHES", "keep"),
            entry("HOST", "API.example.com"),
            entry("EMPTY", ""),
            entry("TYPE", "http"),
            entry("REWRITE", "/{id}"));

    @Test
    void everyStringMayComeFromSomewhereElse() {
        Reading reading = ConfigReader.read(
                DOCUMENT.getBytes(UTF_8), (kind, name) -> kind == Kind.SECRET ? "hunter2" : ENVIRONMENT.get(name));
        assertThat(reading.problems()).isEmpty();
        GatewayConfig config = ((Reading.Accepted) reading).config();
        ServerConfig server = config.servers().getFirst();
        assertThat(server.alias()).isEqualTo("orders");
        assertThat(server.targets().getFirst().url()).hasToString("https://orders.example.com/x");
        assertThat(server.targets().getFirst().place().cloud()).isEqualTo("aws");
        PathConfig path = config.paths().getFirst();
        assertThat(path.route().methods()).containsExactly("GET", "POST");
        assertThat(path.route().pattern().names()).containsExactly("id");
        assertThat(path.route().keepEncodedSlashes()).isTrue();
        assertThat(path.route().match().hosts()).containsExactly("api.example.com");
        assertThat(path.route().match().headers()).containsOnly(entry("x", "hunter2"));
        assertThat(path.route().match().query()).containsOnly(entry("q", ""));
        assertThat(path.integration())
                .isEqualTo(new HttpProxy(
                        "orders", new Rewrite("/{id}", List.of(new Rewrite.Text("/"), new Rewrite.Reference("id")))));
        assertThat(path.policies().timeouts().total()).isEqualTo(Duration.ofSeconds(7));
        assertThat(path.policies().bodyLimit()).isEqualTo(1024);
        assertThat(config.paths().getLast().integration())
                .isEqualTo(new StaticAnswer(200, Map.of("x-a", "aws"), "{\"a\":[\"a \\\"title\\\"\",1]}"));
    }

    @Test
    void leftUnresolvedAReferencePassesEveryCheckAndStandsForItself() {
        GatewayConfig config = Documents.accepted(DOCUMENT);
        assertThat(config.servers().getFirst().alias()).isEqualTo("$env.ALIAS");
        assertThat(config.servers().getFirst().targets().getFirst().url()).hasToString("$env.URL");
        PathConfig path = config.paths().getFirst();
        assertThat(path.route().methods()).containsExactly("$env.METHOD", "POST");
        assertThat(path.route().pattern().text()).isEqualTo("$env.PATH");
        assertThat(path.policies().timeouts().total()).isEqualTo(Duration.ofSeconds(29));
        assertThat(path.policies().bodyLimit()).isEqualTo(6 * 1024 * 1024);
    }

    @Test
    void leftUnresolvedASecretIsMaskedWhereverItStands() {
        List<PathConfig> paths = Documents.accepted("""
                        {"variables": {"key": "$secret.KEY"},
                         "servers": [{"alias": "s", "url": "$secret.URL"}],
                         "paths": [
                           {"method": "GET", "path": "/a", "integration": {"type": "http", "server": "s"},
                            "match": {"headers": {"x": "$secret.KEY"}},
                            "mapping": {"headers": {"x-key": "$secrets.KEY", "x-in": "a ${config.key}"}}},
                           {"method": "GET", "path": "/b", "response": ["$secret.KEY"], "response_headers": {"x-a": "$secret.KEY"}}]}
                        """).paths();
        assertThat(paths.getFirst().route().match().headers()).containsOnly(entry("x", "***"));
        assertThat(paths.getFirst().policies().mapping().headers())
                .extracting(entry -> entry.value().parts().getLast())
                .containsExactly(
                        new Template.Variable("$secrets.KEY", "***", "***"),
                        new Template.Variable("key", "***", "***"));
        assertThat(paths.getLast().integration()).isEqualTo(new StaticAnswer(200, Map.of("x-a", "***"), "[\"***\"]"));
    }

    @Test
    void whatHangsOnAnUnresolvedReferenceIsNotCompared() {
        assertThat(Documents.rules("""
                        {"servers": [{"alias": "$env.A", "url": "http://localhost"}, {"alias": "$env.A", "url": "http://localhost"},
                                     {"alias": "unused", "url": "http://localhost"}],
                         "paths": [{"method": "GET", "path": "$env.P"}, {"method": "GET", "path": "$env.P"},
                                   {"method": "$env.M", "path": "/a"}, {"method": "$env.M", "path": "/a"},
                                   {"method": "GET", "path": "/b", "match": {"headers": {"x": "$env.X"}}},
                                   {"method": "GET", "path": "/b", "match": {"headers": {"x": "$env.X"}}},
                                   {"method": "GET", "path": "$env.Q", "integration": {"type": "http", "server": "s", "rewrite": "/{id}"}},
                                   {"method": "GET", "path": "/c", "integration": {"type": "http", "server": "$env.S"}}]}
                        """)).isEmpty();
    }

    @Test
    void aRewriteIsHeldToAKnownPathWhateverElseIsUnknown() {
        assertThat(
                        Documents.rules(
                                Documents.paths(
                                        "{\"method\":\"$env.M\",\"path\":\"/a\",\"integration\":{\"type\":\"http\",\"server\":\"s\",\"rewrite\":\"/{id}\"}}")))
                .containsExactly(Rule.REWRITE);
    }

    @Test
    void aReferenceIsNoNumberAndNoTruthValue() {
        assertThat(Documents.rules("{\"paths\":[{\"method\":\"GET\",\"path\":\"/\",\"response_status\":\"$env.X\"}]}"))
                .containsExactly(Rule.TYPE);
    }

    @Test
    void aMalformedReferenceIsShownOnOneShortLine() {
        String name = "x\\ny".repeat(100);
        assertThat(Documents.problems(
                        "{\"paths\":[{\"method\":\"GET\",\"path\":\"/\",\"response\":\"$secret." + name + "\"}]}"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.lines()).hasSize(1))
                .allSatisfy(problem -> assertThat(problem.length()).isLessThan(400));
    }

    @Test
    void aNameSuggestedInAMessageIsNeverASecret() {
        Reading reading = ConfigReader.read("""
                {"servers": [{"alias": "$secret.ALIAS", "url": "http://localhost"}],
                 "paths": [{"method": "GET", "path": "/a", "integration": {"type": "http", "server": "hunter3"}}]}
                """.getBytes(UTF_8), (kind, name) -> "hunter2");
        assertThat(reading.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "a secret cannot stand here, where the log would show it: use $env",
                        "there is no server \"hunter3\"");
    }
}
