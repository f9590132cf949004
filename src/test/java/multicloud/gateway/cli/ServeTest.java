package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import multicloud.gateway.cli.Cli.Said;
import multicloud.gateway.testing.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeTest {
    private static final String LISTENING = "listening on http://127\\.0\\.0\\.1:(\\d+)\\R";

    @TempDir
    private Path folder;

    @Test
    void itAnswersAndPicksAChangedConfigUp() throws Exception {
        Path config = write("{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"response\":1}]}");
        try (Cli cli = Cli.in(Map.of()).start("serve", "--config", config, "--port", "0")) {
            int port = Integer.parseInt(cli.await(LISTENING));
            assertThat(get(port, "/a").text()).isEqualTo("1");
            write("{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"response\":2}]}");
            cli.awaitErr("(?s)\"event\":\"loaded\".*\"event\":\"loaded\"");
            assertThat(get(port, "/a").text()).isEqualTo("2");
            write("{\"paths\":[{\"method\":\"GET\"}]}");
            cli.awaitErr("\"event\":\"refused\"");
            assertThat(get(port, "/a").text()).isEqualTo("2");
            cli.awaitErr("\"type\":\"access\"");
        }
    }

    @Test
    void aRefusedConfigEndsItAndIsSaid() throws IOException {
        Path config = write("{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"colour\":1}]}");
        Said said = Cli.run("serve", "--config", config, "--port", "0");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(config + ":1:39: error: ", "(/paths/0/colour)");
    }

    @Test
    void aSourceThatCannotBeReachedIsTriedAgain() throws Exception {
        Path config = folder.resolve("config.json");
        try (Cli cli =
                Cli.in(Map.of()).start("serve", "--config", config, "--port", "0", "--health-port", freePort())) {
            int port = Integer.parseInt(cli.await(LISTENING));
            assertThat(get(port, "/a").status()).isEqualTo(503);
            write("{\"paths\":[{\"method\":\"GET\",\"path\":\"/a\",\"response\":1}]}");
            cli.awaitErr("\"event\":\"loaded\"");
            assertThat(get(port, "/a").status()).isEqualTo(200);
        }
    }

    @Test
    void itsHealthIsToldOnAPortOfItsOwn() throws Exception {
        int health = freePort();
        Path config = folder.resolve("config.json");
        try (Cli cli = Cli.in(Map.of()).start("serve", "--config", config, "--port", "0", "--health-port", health)) {
            cli.await(LISTENING);
            assertThat(get(health, "/live").status()).isEqualTo(200);
            assertThat(get(health, "/ready").status()).isEqualTo(503);
            assertThat(get(health, "/x").status()).isEqualTo(404);
            write("{\"paths\":[]}");
            cli.awaitErr("\"event\":\"loaded\"");
            assertThat(get(health, "/ready").status()).isEqualTo(200);
            assertThat(cli.err()).doesNotContain("\"/live\"");
        }
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        Path config = write("{\"paths\":[]}");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = Cli.run("serve", "--config", config, "--port", taken.getLocalPort());
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.err())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
        }
        assertThat(Cli.run("serve", "--config", config, "--port", "70000").err())
                .contains("70000 is no port");
        assertThat(Cli.run("serve", "--config", config, "--host", "no.such.host.invalid")
                        .err())
                .contains("there is no host");
    }

    private static RawClient.Answer get(int port, String path) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path write(String text) throws IOException {
        Path draft = Files.writeString(folder.resolve("draft.json"), text);
        return Files.move(draft, folder.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
    }
}
