package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static List<String> lines(Said said) {
        assertThat(said.exit()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(2);
        return lines;
    }

    @Test
    void theKeyIsRandomAndItsEntryHasOnlyTheDigest() throws Exception {
        List<String> one = lines(Cli.run("key"));
        List<String> other = lines(Cli.run("key"));
        assertThat(one.getFirst()).matches("mgk_[A-Za-z0-9_-]{43}").isNotEqualTo(other.getFirst());
        JsonNode entry = JSON.readTree(one.getLast());
        assertThat(entry.path("sha256").textValue()).matches("[0-9a-f]{64}");
        assertThat(entry.path("id").textValue())
                .isEqualTo("key-" + entry.path("sha256").textValue().substring(0, 8));
        assertThat(entry.has("scopes")).isFalse();
        assertThat(one.getLast()).doesNotContain(one.getFirst());
    }

    @Test
    void whatIsSaidToAPersonDoesNotShowTheKey() {
        Said said = Cli.run("key");
        assertThat(said.err())
                .contains("api_key")
                .doesNotContain(said.out().lines().findFirst().orElseThrow());
    }

    @Test
    void theGatewayLetsTheKeyInByItsEntry() throws Exception {
        List<String> made = lines(Cli.run("key", "--id", "a \"quoted\" holder", "--scope", "read", "--scope", "write"));
        Path config = Files.writeString(folder.resolve("gateway.json"), """
                { "authorizer": { "type": "api_key", "header": "x-api-key", "keys": [ %s ] },
                  "paths": [ { "method": "GET", "path": "/a", "auth": { "scopes": ["read", "write"] }, "response": "in" } ] }
                """.formatted(made.getLast()));
        assertThat(invoke(config, made.getFirst()).path("statusCode").asInt()).isEqualTo(200);
        assertThat(invoke(config, made.getFirst() + "x").path("statusCode").asInt())
                .isEqualTo(401);
    }

    private JsonNode invoke(Path config, String key) throws Exception {
        Path event = folder.resolve("event.json");
        Files.write(event, """
                {"version":"2.0","rawPath":"/a","rawQueryString":"","headers":{"host":"h","x-api-key":"%s"},
                 "requestContext":{"requestId":"r","http":{"method":"GET","sourceIp":"203.0.113.7"}}}
                """.formatted(key).getBytes(UTF_8));
        Said said = Cli.run("invoke", event, "--config", config);
        assertThat(said.exit()).isZero();
        assertThat(said.err()).doesNotContain(key);
        return JSON.readTree(said.out());
    }

    @Test
    void anEmptyIdAndAScopeOfTwoWordsAreUsageErrors() {
        assertThat(Cli.run("key", "--id", "").exit()).isEqualTo(2);
        assertThat(Cli.run("key", "--scope", "a b").exit()).isEqualTo(2);
    }
}
