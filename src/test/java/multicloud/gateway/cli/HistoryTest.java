package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.cli.Cli.Said;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.testing.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against an S3 server that keeps versions and verifies signatures and conditions. */
@Timeout(60)
class HistoryTest {
    private static final String FIRST = "{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"response\":1}]}";
    private static final String SECOND = FIRST.replace("/a", "/b");

    private static S3Server s3;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        s3 = S3Server.start();
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @Test
    void everyVersionIsThereWithWhoWroteItAndWhetherItIsGood() throws Exception {
        publish(FIRST, "listed.json", "--by", "Ada");
        publish(SECOND, "listed.json", "--replace", "--by", "Bob");
        s3.put(S3Server.VERSIONED, "listed.json", "{\"paths\":1}");
        s3.put(S3Server.VERSIONED, "listed.json.other", FIRST);
        JsonNode versions = json("listed.json");
        assertThat(versions.findValuesAsText("by")).containsExactly("null", "Bob", "Ada");
        assertThat(versions.findValuesAsText("good")).containsExactly("false", "true", "true");
        assertThat(versions.findValuesAsText("verdict")).containsExactly("refused, 1 error", "good", "good");
        assertThat(versions.findValuesAsText("size")).containsExactly("11", "" + SECOND.length(), "" + FIRST.length());
        assertThat(versions.findValuesAsText("version")).doesNotHaveDuplicates();
        assertThat(versions.get(2).get("sha256").asText())
                .isEqualTo("4ac500e79d39b936ba904c039b9c4df02aec6e6dc5be965c26f32d36e6c5e3b4");
        Said table = in(s3.environment(), "history", at("listed.json"));
        assertThat(table.out().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains(" Ada ").endsWith("good"));
        assertThat(table.out().lines().skip(1).findFirst().orElse("")).endsWith("refused, 1 error, the newest");
        assertThat(json("listed.json", "--limit", "1")).hasSize(1);
    }

    @Test
    void aVersionIsComparedByItsName() throws Exception {
        publish(FIRST, "compared.json");
        publish(SECOND, "compared.json", "--replace");
        List<String> ids = json("compared.json").findValuesAsText("version");
        Said said = in(s3.environment(), "diff", at("compared.json") + "@" + ids.get(1), at("compared.json"));
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains("+ GET /b", "- GET /a");
        assertThat(in(s3.environment(), "diff", at("compared.json") + "@" + ids.get(0), at("compared.json") + "@")
                        .exit())
                .isZero();
        assertThat(in(s3.environment(), "diff", at("compared.json") + "@nonsense", at("compared.json"))
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void theLastDocumentComesBackAsANewVersion() throws Exception {
        publish(FIRST, "back.json");
        publish(SECOND, "back.json", "--replace");
        publish(SECOND, "back.json", "--replace");
        Said said = in(s3.environment(), "rollback", at("back.json"), "--by", "Eve");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("+ GET /a", "- GET /b");
        assertThat(said.out()).startsWith("etag \"").contains("version ");
        JsonNode versions = json("back.json");
        assertThat(versions).hasSize(4);
        assertThat(versions.get(0).get("by").asText()).isEqualTo("Eve");
        assertThat(versions.get(0).get("sha256")).isEqualTo(versions.get(3).get("sha256"));
        assertThat(in(s3.environment(), "rollback", at("back.json")).exit()).isZero();
        assertThat(json("back.json").get(0).get("sha256"))
                .isEqualTo(versions.get(1).get("sha256"));
    }

    @Test
    void aVersionThatIsNamedComesBack() throws Exception {
        publish(FIRST, "named.json");
        publish(SECOND, "named.json", "--replace");
        publish(FIRST.replace("/a", "/c"), "named.json", "--replace");
        String oldest = json("named.json").get(2).get("version").asText();
        Said no = Cli.onTerminal(s3.environment(), "\n").with("rollback", at("named.json"), oldest);
        assertThat(no.exit()).isEqualTo(1);
        assertThat(json("named.json")).hasSize(3);
        assertThat(in(s3.environment(), "rollback", at("named.json"), oldest).exit())
                .isZero();
        assertThat(in(s3.environment(), "diff", at("named.json"), write(FIRST)).exit())
                .isZero();
    }

    @Test
    void aVersionThatIsRefusedDoesNotComeBack() throws Exception {
        s3.put(S3Server.VERSIONED, "bad.json", "{\"paths\":1}");
        publish(FIRST, "bad.json", "--replace");
        Said said = in(s3.environment(), "rollback", at("bad.json"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("error: ", "refused here");
        assertThat(json("bad.json")).hasSize(2);
    }

    @Test
    void anObjectThatIsTooLargeIsReplacedAsAWhole() throws Exception {
        String large = " ".repeat(ConfigReader.MAX_BYTES) + FIRST;
        publish(FIRST, "large.json");
        s3.put(S3Server.VERSIONED, "large.json", large);
        assertThat(json("large.json").findValuesAsText("verdict")).containsExactly("more than 5242880 bytes", "good");
        Said back = in(s3.environment(), "rollback", at("large.json"));
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(back.err()).contains("no good document");
        s3.put(S3Server.VERSIONED, "large.json", large);
        publish(SECOND, "large.json", "--replace");
        assertThat(in(s3.environment(), "diff", at("large.json"), write(SECOND)).exit())
                .isZero();
    }

    @Test
    void anObjectThatWasDeletedComesBack() throws Exception {
        publish(FIRST, "deleted.json");
        s3.remove(S3Server.VERSIONED, "deleted.json");
        assertThat(json("deleted.json").findValuesAsText("verdict")).containsExactly("deleted", "good");
        Said said = in(s3.environment(), "rollback", at("deleted.json"));
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(in(s3.environment(), "diff", at("deleted.json"), write(FIRST))
                        .exit())
                .isZero();
    }

    @Test
    void aBucketWithoutVersionsHasOneDocumentAndNoWayBack() throws Exception {
        s3.put("single.json", FIRST);
        String single = "s3://" + S3Server.BUCKET + "/single.json";
        Said listed = in(s3.environment(), "history", single, "--json");
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(new ObjectMapper().readTree(listed.out()).findValuesAsText("version"))
                .containsExactly("null");
        Said said = in(s3.environment(), "rollback", single);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("no earlier document");
    }

    @Test
    void whatIsNotThereAndWhatS3RefusesIsSaidPlainly() {
        assertThat(in(s3.environment(), "history", at("none.json")).err()).contains("There is no such object");
        assertThat(in(s3.environment(), "rollback", at("none.json")).exit()).isEqualTo(1);
        Map<String, String> wrong = new HashMap<>(s3.environment());
        wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");
        Said said = in(wrong, "history", at("none.json"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("s3:ListBucketVersions").doesNotContain("wrong");
    }

    private JsonNode json(String key, String... flags) throws Exception {
        Object[] args = new Object[3 + flags.length];
        args[0] = "history";
        args[1] = at(key);
        args[2] = "--json";
        System.arraycopy(flags, 0, args, 3, flags.length);
        Said said = in(s3.environment(), args);
        assertThat(said.exit()).as(said.err()).isZero();
        return new ObjectMapper().readTree(said.out());
    }

    private void publish(String document, String key, String... flags) throws Exception {
        Object[] args = new Object[3 + flags.length];
        args[0] = "publish";
        args[1] = write(document);
        args[2] = at(key);
        System.arraycopy(flags, 0, args, 3, flags.length);
        Said said = in(s3.environment(), args);
        assertThat(said.exit()).as(said.err()).isZero();
    }

    private static Said in(Map<String, String> environment, Object... args) {
        return Cli.in(environment).with(args);
    }

    private static String at(String key) {
        return "s3://" + S3Server.VERSIONED + "/" + key;
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("config.json"), text);
    }
}
