package multicloud.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium of the PATH with one page, driven over the DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Channel channel = new Channel();
    private final WebSocket socket;

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = http.newWebSocketBuilder().buildAsync(page, channel).join();
    }

    /** The browser's program; null where the PATH has none. */
    public static @Nullable Path program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Starts the program. Its sandbox is off, which does not work for root: it is to see nothing but pages made here. */
    public static Browser start(Path program, Path profile) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--window-size=1400,900",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", profile.toString());
        Process process = builder.start();
        try {
            Browser browser = new Browser(process, page(devTools(process)));
            browser.call("Page.enable", Map.of());
            browser.call("Log.enable", Map.of());
            browser.call("Runtime.enable", Map.of());
            return browser;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static URI devTools(Process process) throws IOException {
        BufferedReader err = process.errorReader();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.startVirtualThread(() -> err.lines().forEach(said -> {}));
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("the browser did not start");
    }

    private static URI page(URI devTools) throws Exception {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://" + devTools.getAuthority() + "/json/list"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (JsonNode target :
                    JSON.readTree(client.send(list, BodyHandlers.ofString()).body())) {
                if (target.path("type").asText().equals("page")) {
                    return URI.create(target.path("webSocketDebuggerUrl").asText());
                }
            }
        }
        throw new IOException("the browser has no page");
    }

    /** Opens a file and waits until it has been loaded. */
    public void open(Path file) throws Exception {
        CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
        channel.loaded = loaded;
        channel.complaints.clear();
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The value of an expression of the page, which may be a promise. */
    public JsonNode evaluate(String expression) throws Exception {
        JsonNode said =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (said.has("exceptionDetails")) {
            throw new AssertionError(said.path("exceptionDetails").toPrettyString());
        }
        return said.at("/result/value");
    }

    /** Presses and releases a key as a person does: {@code Enter}, {@code ArrowDown}, {@code /}. */
    public void press(String key) throws Exception {
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        int code = switch (key) {
            case "Enter" -> 13;
            case "Tab" -> 9;
            default -> 0;
        };
        for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "text", text, "windowsVirtualKeyCode", code));
        }
    }

    /** Puts text where the focus is. */
    public void type(String text) throws Exception {
        call("Input.insertText", Map.of("text", text));
    }

    /** What the page has complained of since it was opened: errors of its script, and what its policy has blocked. */
    public List<String> complaints() {
        return List.copyOf(channel.complaints);
    }

    private JsonNode call(String method, Object params) throws Exception {
        int id = channel.last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        channel.calls.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode said = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (said.has("error")) {
            throw new IOException(method + ": " + said.path("error"));
        }
        return said.path("result");
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Takes answers to their calls, and notes what happens in the page. */
    private static final class Channel implements WebSocket.Listener {
        final AtomicInteger last = new AtomicInteger();
        final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
        volatile CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
            text.append(data);
            if (end) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            JsonNode said;
            try {
                said = JSON.readTree(message);
            } catch (IOException e) {
                throw new IllegalStateException(message, e);
            }
            switch (said.path("method").asText()) {
                case "" -> calls.remove(said.path("id").asInt()).complete(said);
                case "Page.loadEventFired" -> loaded.complete(said);
                case "Runtime.exceptionThrown" ->
                    complaints.add(said.at("/params/exceptionDetails").toString());
                case "Log.entryAdded" ->
                    complaints.add(said.at("/params/entry/text").asText());
                default -> {}
            }
        }
    }
}
