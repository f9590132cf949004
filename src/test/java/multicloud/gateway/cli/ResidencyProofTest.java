package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidencyProofTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVERS = """
            "servers": [
              { "alias": "shop", "retry": {}, "breaker": {}, "hedge": { "after": "1s" }, "mirror": { "server": "next" },
                "targets": [ { "name": "fra", "url": "https://user-data.example/base", "cloud": "aws", "region": "eu-central-1", "jurisdiction": "eu" },
                             { "name": "zrh", "url": "https://zrh.example", "jurisdiction": "ch", "priority": 1 },
                             { "name": "iad", "url": "https://iad.example", "cloud": "gcp", "jurisdiction": "us", "priority": 2 },
                             { "name": "somewhere", "url": "https://x.example" } ] },
              { "alias": "next",
                "targets": [ { "name": "next-fra", "url": "https://next-fra.example", "jurisdiction": "eu" },
                             { "name": "next-iad", "url": "https://next-iad.example", "jurisdiction": "us" } ] } ],
            """;

    @TempDir
    private Path folder;

    private Said prove(String paths, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.json"), "{" + SERVERS + "\"paths\": [" + paths + "]}");
        Object[] args = new Object[more.length + 3];
        args[0] = "check";
        args[1] = file;
        args[2] = "--residency";
        System.arraycopy(more, 0, args, 3, more.length);
        return Cli.run(args);
    }

    private static String path(String path, String residency) {
        return "{ \"method\": \"GET\", \"path\": \"" + path + "\", " + residency
                + "\"integration\": { \"type\": \"http_proxy\", \"server\": \"shop\" } }";
    }

    @Test
    void theTargetsThatMayBeReachedAreToldWithTheWayThere() throws IOException {
        Said said = prove(path("/eu/{.+}", "\"residency\": [\"eu\"], ") + ", " + path("/any/{.+}", ""));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).isEqualTo("""
                GET /eu/{.+}  (/paths/0)  within eu

                  REACHED BY                    SERVER  TARGET     LIES IN        CLOUD  REGION
                  request retry failover hedge  shop    fra        eu             aws    eu-central-1
                  mirror                        next    next-fra   eu
                  nothing                       shop    zrh        ch
                  nothing                       shop    iad        us             gcp
                  nothing                       shop    somewhere  none declared
                  nothing                       next    next-iad   us

                Without a residency, free to go to every target of their servers:
                  GET /any/{.+}  (/paths/1)

                Where the gateway itself runs outside of a path's jurisdictions, or where that is not known (GATEWAY_REGION, else AWS_REGION), it answers 503 and sends nothing.
                Jurisdictions are as the document declares them; nobody has measured where a target lies.
                """);
    }

    @Test
    void anAuditorGetsTheSameAsJson() throws IOException {
        Said said = prove(path("/eu/{.+}", "\"residency\": [\"eu\", \"ch\"], ") + ", " + path("/any", ""), "--json");
        assertThat(said.exit()).isZero();
        JsonNode proof = JSON.readTree(said.out());
        assertThat(proof.path("holds").asBoolean()).isTrue();
        assertThat(proof.path("jurisdictions").asText()).isEqualTo("declared, not measured");
        JsonNode path = proof.path("paths").path(0);
        assertThat(path.path("path").asText()).isEqualTo("/eu/{.+}");
        assertThat(path.path("residency").toString()).isEqualTo("[\"eu\",\"ch\"]");
        assertThat(StreamSupport.stream(path.path("reached").spliterator(), false)
                        .map(end -> end.path("by").path(0).asText() + " "
                                + end.path("server").asText() + " "
                                + end.path("target").asText() + " "
                                + end.path("jurisdiction").asText()))
                .containsExactly("request shop fra eu", "request shop zrh ch", "mirror next next-fra eu");
        assertThat(path.path("reached").path(0).path("by").toString())
                .isEqualTo("[\"request\",\"retry\",\"failover\",\"hedge\"]");
        assertThat(path.path("reached").path(0).path("host").asText()).isEqualTo("user-data.example");
        assertThat(path.path("unreached").findValuesAsText("target")).containsExactly("iad", "somewhere", "next-iad");
        assertThat(path.path("unreached").path(1).path("jurisdiction").isNull()).isTrue();
        assertThat(proof.path("without_residency").findValuesAsText("path")).containsExactly("/any");
    }

    @Test
    void withoutARuleThereIsNothingToProve() throws IOException {
        Said said = prove(path("/any", ""));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("No path has a residency: there is nothing to prove.");
    }

    @Test
    void anAnswerOfTheGatewayItselfGoesNowhere() throws IOException {
        Said said =
                prove("{ \"method\": \"GET\", \"path\": \"/health\", \"residency\": [\"eu\"], \"response\": \"up\" },"
                        + " { \"method\": \"GET\", \"path\": \"/free\", \"response\": \"up\" }");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).doesNotContain("/free");
        assertThat(said.out()).contains("GET /health  (/paths/0)  within eu", "answered by the gateway itself");
    }

    @Test
    void aPathThatCouldReachNobodyHasNoProof() throws IOException {
        Said said = prove(path("/jp", "\"residency\": [\"jp\"], "), "--json");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("/paths/0/residency");
    }

    @Test
    void jsonIsOfTheProofAlone() {
        Said said = Cli.run("check", "--json", "gateway.json");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--json is for --residency");
    }
}
