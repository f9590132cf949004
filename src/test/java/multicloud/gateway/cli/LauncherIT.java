package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as a process: exit codes, signals and folders. */
@Timeout(120)
class LauncherIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path LAUNCHER = PROJECT.resolve("gateway");

    @TempDir
    private Path folder;

    /** This build's own package is what is tested: the launcher must not begin another one within it. */
    @BeforeAll
    static void thePackageIsFresh() throws IOException {
        Path built = PROJECT.resolve("target").resolve("gateway.built");
        if (!Files.exists(built)) {
            Files.createFile(built);
        }
        Files.setLastModifiedTime(built, FileTime.from(Instant.now()));
    }

    @Test
    void filesAreRelativeToTheCallersFolder() throws Exception {
        Files.writeString(
                folder.resolve("here.json"), "{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"colour\":1}]}");
        Process check = start("check", "here.json");
        String out = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor()).isEqualTo(1);
        assertThat(out).matches("here\\.json:1:39: error: unknown key \"colour\".* \\(/paths/0/colour\\)\n");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalLetsRequestsUnderWayFinish(String signal, int exit) throws Exception {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"paths\":[{\"method\":\"ANY\",\"path\":\"/a\",\"response\":{\"hi\":1}}]}");
        Process serve = start("serve", "--config", "config.json", "--port", "0");
        try (BufferedReader out = serve.inputReader(UTF_8)) {
            int port = port(line(out, "listening on"));
            try (RawClient idle = RawClient.connect(port);
                    RawClient busy = RawClient.connect(port)) {
                assertThat(busy.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
                busy.send("GET /a HT");
                signal(serve, signal);
                assertThat(idle.isClosed()).isTrue();
                busy.send("TP/1.1\r\nHost: a\r\n\r\n");
                Answer answer = busy.answer();
                assertThat(answer.text()).isEqualTo("{\"hi\":1}");
                assertThat(answer.field("connection")).isEqualTo("close");
                busy.end();
            }
            assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(serve.exitValue()).isEqualTo(exit);
        } finally {
            serve.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("stderr")))
                .contains("\"event\":\"loaded\"")
                .containsSubsequence("\"type\":\"access\"", "\"type\":\"access\"");
    }

    @Test
    void theDemoSendsThreePathsToThreeClouds() throws Exception {
        Process demo = start("demo", "--port", "0");
        try (BufferedReader out = demo.inputReader(UTF_8)) {
            int port = port(line(out, "ready"));
            assertThat(get(port, "/orders/42")).contains("\"region\":\"eu-west-1\"", "\"path\":\"/orders/42\"");
            assertThat(get(port, "/search?q=1")).contains("\"region\":\"europe-west1\"");
            assertThat(get(port, "/invoices/2026/7")).contains("\"region\":\"westeurope\"");
            Path config = PROJECT.resolve("demo").resolve("gateway-" + port + ".json");
            Path draft = Files.writeString(
                    folder.resolve("draft"),
                    Files.readString(config)
                            .replace(
                                    "\"/orders/{id}\", \"integration\": { \"type\": \"http_proxy\", \"server\": \"aws\"",
                                    "\"/orders/{id}\", \"integration\": { \"type\": \"http_proxy\", \"server\": \"gcp\""));
            Files.copy(draft, config, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(line(out, "config changed")).endsWith("config changed: /orders/{id} → gcp");
            assertThat(get(port, "/orders/42")).contains("\"region\":\"europe-west1\"");
            signal(demo, "TERM");
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(143);
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void theDemoAnswersWhileACloudIsStopped() throws Exception {
        Process demo = start("demo", "--port", "0");
        try (BufferedReader out = demo.inputReader(UTF_8)) {
            int clouds = port(line(out, "/stop/aws"));
            int port = port(line(out, "ready"));
            assertThat(get(port, "/orders/1")).contains("\"region\":\"eu-west-1\"");
            assertThat(post(clouds, "/stop/aws")).isEqualTo("aws is stopped\n");
            for (int i = 0; i < 20; i++) {
                assertThat(get(port, "/orders/" + i)).contains("\"region\":\"europe-west1\"");
            }
            assertThat(line(out, "after aws")).contains("gcp europe-west1");
            assertThat(post(clouds, "/start/aws")).isEqualTo("aws runs\n");
            String region = "\"region\":\"eu-west-1\"";
            for (long end = System.nanoTime() + 30_000_000_000L;
                    !get(port, "/orders/1").contains(region); ) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
            signal(demo, "TERM");
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static String line(BufferedReader out, String with) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(with)) {
                return line;
            }
        }
        throw new AssertionError("no line with " + with);
    }

    private static int port(String line) {
        return Integer.parseInt(line.replaceFirst(".*http://127\\.0\\.0\\.1:(\\d+).*", "$1"));
    }

    private static String get(int port, String target) throws IOException {
        return send(port, "GET " + target);
    }

    private static String post(int port, String target) throws IOException {
        return send(port, "POST " + target);
    }

    private static String send(int port, String begin) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            return client.send(begin + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .answer()
                    .text();
        }
    }
}
