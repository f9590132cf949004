package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import multicloud.gateway.cli.Cli.Said;
import multicloud.gateway.testing.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublishTest {
    private static final String GOOD = "{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"response\":1}]}";

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
    void aFirstDocumentIsWrittenAndASecondNotByChance() throws Exception {
        Path file = write(GOOD);
        Said first = publish(file, "first.json");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).contains("etag ", "version ");
        Said second = publish(file, "first.json");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err()).contains("not written", "--replace", "--if-match");
    }

    @Test
    void whatIsThereIsReplacedWhereAsked() throws Exception {
        Path file = write(GOOD);
        assertThat(publish(file, "replaced.json", "--replace").exit()).isZero();
        Said said = publish(write(GOOD.replace("1", "2")), "replaced.json", "--replace");
        assertThat(said.exit()).as(said.err()).isZero();
    }

    @Test
    void whatIsReplacedIsShownAndAskedAboutOnATerminal() throws Exception {
        Path file = write(GOOD);
        assertThat(publish(file, "asked.json").exit()).isZero();
        Path open = write(GOOD.replace("/a", "/b"));
        String at = "s3://" + S3Server.BUCKET + "/asked.json";
        Said no = Cli.onTerminal(s3.environment(), "n\n").with("publish", open, at, "--replace");
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.err()).contains("GET /b", "GET /a", "2 changes", "Replace " + at + "? [y/N] ", "did not say yes");
        assertThat(Cli.onTerminal(s3.environment(), "")
                        .with("publish", open, at, "--replace")
                        .exit())
                .isEqualTo(1);
        assertThat(Cli.in(s3.environment()).with("diff", at, open).exit()).isEqualTo(1);
        Said yes = Cli.onTerminal(s3.environment(), "yes\n").with("publish", open, at, "--replace");
        assertThat(yes.exit()).as(yes.err()).isZero();
        assertThat(yes.out()).startsWith("etag \"").doesNotContain("GET /b");
        assertThat(Cli.in(s3.environment()).with("diff", at, open).exit()).isZero();
    }

    @Test
    void inAPipeNobodyIsAskedAndTheDifferenceIsShownAllTheSame() throws Exception {
        assertThat(publish(write(GOOD), "pipe.json").exit()).isZero();
        Said said = publish(write(GOOD.replace("/a", "/b")), "pipe.json", "--replace");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("+ GET /b", "- GET /a").doesNotContain("[y/N]");
        assertThat(said.out().lines().map(line -> line.split(" ")[0])).containsExactly("etag", "version", "live");
        assertThat(said.out()).contains("30 s", "300 s");
    }

    @Test
    void whatWasWrittenWhileSomebodyThoughtIsNotLost() throws Exception {
        assertThat(publish(write(GOOD), "race.json").exit()).isZero();
        String at = "s3://" + S3Server.BUCKET + "/race.json";
        Reader slow = new Reader() {
            @Override
            public int read(char[] to, int from, int length) {
                s3.put("race.json", "{\"paths\":[]}");
                to[from] = 'y';
                to[from + 1] = '\n';
                return 2;
            }

            @Override
            public void close() {}
        };
        Said said = Cli.onTerminal(s3.environment(), slow)
                .with("publish", write(GOOD.replace("/a", "/b")), at, "--replace");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("somebody else has written");
    }

    @Test
    void anObjectThatIsNoDocumentIsReplacedAsAWhole() throws Exception {
        s3.put("nonsense.json", "nonsense");
        Said said = publish(write(GOOD), "nonsense.json", "--replace");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("no good document");
    }

    @Test
    void anETagDecidesWhetherItIsStillTheSame() throws Exception {
        Matcher etag = Pattern.compile("etag \"(\\S+)\"")
                .matcher(publish(write(GOOD), "etag.json").out());
        assertThat(etag.find()).isTrue();
        Said lost = publish(write(GOOD), "etag.json", "--if-match", "00000000000000000000000000000000");
        assertThat(lost.exit()).isEqualTo(1);
        assertThat(lost.err()).contains("no longer has the ETag");
        assertThat(publish(write(GOOD), "etag.json", "--if-match", etag.group(1))
                        .exit())
                .isZero();
    }

    @Test
    void aRefusedDocumentIsNotWritten() throws Exception {
        Said said = publish(write("{\"paths\":[{\"method\":\"GET\"}]}"), "refused.json");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("error: ");
        assertThat(publish(write(GOOD), "refused.json").exit()).isZero();
        assertThat(publish(folder.resolve("none.json"), "x.json").exit()).isEqualTo(1);
    }

    @Test
    void whatS3RefusesIsSaidPlainly() throws Exception {
        Path file = write(GOOD);
        Said bucket = Cli.in(s3.environment()).with("publish", file, "s3://no-such-bucket/x.json");
        assertThat(bucket.exit()).isEqualTo(1);
        assertThat(bucket.err()).contains("There is no bucket \"no-such-bucket\"");

        Map<String, String> wrong = new HashMap<>(s3.environment());
        wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");
        assertThat(Cli.in(wrong)
                        .with("publish", file, "s3://" + S3Server.BUCKET + "/x.json")
                        .err())
                .contains("These credentials may not")
                .doesNotContain("wrong");

        Map<String, String> none = new HashMap<>(s3.environment());
        none.remove("AWS_SECRET_ACCESS_KEY");
        assertThat(Cli.in(none)
                        .with("publish", file, "s3://" + S3Server.BUCKET + "/x.json")
                        .err())
                .contains("no AWS credentials");
    }

    private static Said publish(Path file, String key, String... flags) {
        Object[] args = new Object[3 + flags.length];
        args[0] = "publish";
        args[1] = file;
        args[2] = "s3://" + S3Server.BUCKET + "/" + key;
        System.arraycopy(flags, 0, args, 3, flags.length);
        return Cli.in(s3.environment()).with(args);
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("config.json"), text);
    }
}
