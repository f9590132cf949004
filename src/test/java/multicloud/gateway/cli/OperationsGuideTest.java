package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page on operations says to look for is in the log when that happens, and what it says to type is there. */
@Timeout(60)
class OperationsGuideTest {
    private static final String LISTENING = "listening on http://127\\.0\\.0\\.1:(\\d+)\\R";
    private static final Pattern LOOKED_FOR = Pattern.compile("`(\"[^`]+)`");
    private static final Pattern TYPED = Pattern.compile("(?:\\./|tool/)gateway ([a-z]+)");

    @TempDir
    private Path folder;

    private static List<String> found(Pattern pattern) throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        return pattern.matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }

    @Test
    void whatIsToBeLookedForIsInTheLog() throws Exception {
        Path config = folder.resolve("config.json");
        try (RawUpstream throttling = RawUpstream.of(
                        RawUpstream.answering("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"));
                RawUpstream silent = RawUpstream.of(peer -> {
                    peer.request();
                    peer.request();
                });
                RawUpstream hangingUp = RawUpstream.of(peer -> peer.request());
                RawUpstream plain = RawUpstream.of(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
                Cli cli = Cli.in(Map.of()).start("serve", "--config", config, "--port", "0")) {
            int port = Integer.parseInt(cli.await(LISTENING));
            assertThat(get(port, "/none")).isEqualTo(503);
            publish(document(throttling.port(), silent.port(), hangingUp.port(), plain.port()), config);
            cli.awaitErr("\"event\":\"loaded\"");
            assertThat(get(port, "/throttling")).isEqualTo(429);
            assertThat(get(port, "/silent")).isEqualTo(504);
            for (String broken : List.of("/hanging-up", "/nobody", "/nameless", "/plain")) {
                assertThat(get(port, broken)).as(broken).isEqualTo(502);
            }
            publish("{\"paths\":1}", config);
            cli.awaitErr("\"event\":\"refused\"");
            for (String fragment : found(LOOKED_FOR)) {
                cli.awaitErr(Pattern.quote(fragment));
            }
        }
        assertThat(found(LOOKED_FOR)).hasSizeGreaterThan(12);
    }

    @Test
    void whatIsToBeTypedIsACommand() throws Exception {
        assertThat(found(TYPED)).contains("check", "diff", "replay", "publish", "history", "rollback", "explain");
        for (String command : found(TYPED)) {
            assertThat(Cli.run(command, "--help").exit()).as(command).isZero();
        }
    }

    private static String document(int throttling, int silent, int hangingUp, int plain) throws IOException {
        StringBuilder servers = new StringBuilder();
        StringBuilder paths = new StringBuilder();
        Map<String, String> urls = Map.of(
                "throttling", "http://127.0.0.1:" + throttling,
                "silent", "http://127.0.0.1:" + silent,
                "hanging-up", "http://127.0.0.1:" + hangingUp,
                "plain", "https://127.0.0.1:" + plain,
                "nobody", "http://127.0.0.1:" + freePort(),
                "nameless", "http://no.such.host.invalid");
        urls.forEach((name, url) -> {
            servers.append(servers.isEmpty() ? "" : ",").append("{\"alias\":\"" + name + "\",\"url\":\"" + url + "\"}");
            paths.append(paths.isEmpty() ? "" : ",")
                    .append("{\"method\":\"GET\",\"path\":\"/" + name
                            + "\",\"integration\":{\"type\":\"http\",\"server\":\"" + name + "\"}"
                            + (name.equals("silent") ? ",\"timeouts\":{\"first_byte\":\"1ms\"}" : "") + "}");
        });
        return "{\"servers\":[" + servers + "],\"paths\":[" + paths + "]}";
    }

    private static int get(int port, String path) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")
                    .answer()
                    .status();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void publish(String text, Path config) throws IOException {
        Files.move(Files.writeString(folder.resolve("draft.json"), text), config, StandardCopyOption.REPLACE_EXISTING);
    }
}
