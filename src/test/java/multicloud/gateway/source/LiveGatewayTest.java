package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveGatewayTest {
    private static final String NO_CONFIG = "503 {\"message\":\"API configuration is missing or invalid.\"}";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("gateway.json"), content);
    }

    @Test
    void theDocumentInTheEnvironmentWinsOverAFile() throws IOException {
        Map<String, String> environment = Map.of(
                "GATEWAY_CONFIG_JSON", Live.document("inline"),
                "GATEWAY_CONFIG_URI", file(Live.document("file")).toString());
        try (Live live = Live.of(environment)) {
            assertThat(live.get("/v")).isEqualTo("200 \"inline\"");
            assertThat(live.log.last().get("source").asText()).isEqualTo("GATEWAY_CONFIG_JSON");
        }
    }

    @Test
    void aBlankDocumentIsNone() throws IOException {
        Map<String, String> environment = Map.of(
                "GATEWAY_CONFIG_JSON",
                "",
                "GATEWAY_CONFIG_URI",
                file(Live.document("file")).toString());
        try (Live live = Live.of(environment)) {
            assertThat(live.get("/v")).isEqualTo("200 \"file\"");
        }
    }

    @Test
    void withoutAnySourceItSaysWhatToSet() {
        try (Live live = Live.of(Map.of())) {
            assertThat(live.gateway.ready()).isFalse();
            assertThat(live.get("/v")).isEqualTo(NO_CONFIG);
            assertThat(live.gateway.status())
                    .isInstanceOfSatisfying(
                            Status.Unreachable.class,
                            status -> assertThat(status.reason()).contains("set GATEWAY_CONFIG_URI"));
            assertThat(live.log.events()).containsExactly("unreachable");
        }
    }

    @Test
    void itsVersionIsTheBeginningOfTheHashAndIsNotedForTheLog() {
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", Live.document("x")))) {
            JsonNode line = live.log.last();
            assertThat(line.get("event").asText()).isEqualTo("loaded");
            String sha256 = line.get("sha256").asText();
            assertThat(sha256).matches("[0-9a-f]{64}");
            assertThat(live.gateway.status())
                    .isInstanceOfSatisfying(
                            Status.Loaded.class,
                            status -> assertThat(status.version()).isEqualTo(sha256.substring(0, 12)));
            Exchange exchange = Exchanges.get("/v");
            live.gateway.handle(exchange);
            assertThat(exchange.notes().configVersion()).isEqualTo(sha256.substring(0, 12));
        }
    }

    @Test
    void aChangedFileIsNoticedWithinASecond() throws IOException {
        Path file = file(Live.document("one"));
        try (Live live = Live.ofFile(file, "GATEWAY_CONFIG_REFRESH", "3600")) {
            assertThat(live.get("/v")).isEqualTo("200 \"one\"");
            Live.replace(file, Live.document("two"));
            assertThat(live.getAndSettle("/v")).isEqualTo("200 \"one\"");
            live.pass(SECOND);
            assertThat(live.getAndSettle("/v")).as("answered beside the look").isEqualTo("200 \"one\"");
            assertThat(live.get("/v")).isEqualTo("200 \"two\"");
            assertThat(live.log.events()).containsExactly("loaded", "loaded");
        }
    }

    @Test
    void theServersOwnLookNoticesAChangedFileAtOnce() throws IOException {
        Path file = file(Live.document("one"));
        try (Live live = Live.ofFile(file)) {
            Live.replace(file, Live.document("two"));
            live.gateway.look();
            assertThat(live.get("/v")).isEqualTo("200 \"two\"");
        }
    }

    @Test
    void aBadDocumentNeverReplacesAGoodOneAndIsSaidOnce() throws IOException {
        Path file = file(Live.document("good"));
        try (Live live = Live.ofFile(file)) {
            Live.replace(file, "{\"paths\":[{\"method\":\"GET\",\"pat");
            for (int i = 0; i < 5; i++) {
                live.gateway.look();
                assertThat(live.get("/v")).isEqualTo("200 \"good\"");
            }
            assertThat(live.log.events()).containsExactly("loaded", "refused");
            assertThat(live.log.last().get("problems").get(0).asText()).matches("\\d+:\\d+: error: .+ \\(.*\\)");
            assertThat(live.gateway.status()).isInstanceOf(Status.Refused.class);
            assertThat(live.gateway.ready()).isTrue();
            Live.replace(file, "[]");
            live.gateway.look();
            Live.replace(file, Live.document("better"));
            live.gateway.look();
            assertThat(live.get("/v")).isEqualTo("200 \"better\"");
            assertThat(live.log.events()).containsExactly("loaded", "refused", "refused", "loaded");
        }
    }

    @Test
    void aMissingFileIsSaidOnceAndItsReturnToo() throws IOException {
        Path file = file(Live.document("one"));
        try (Live live = Live.ofFile(file)) {
            Files.delete(file);
            live.gateway.look();
            live.gateway.look();
            assertThat(live.get("/v")).isEqualTo("200 \"one\"");
            assertThat(live.gateway.status()).isEqualTo(new Status.Unreachable("there is no such file"));
            file(Live.document("one"));
            live.gateway.look();
            assertThat(live.log.events()).containsExactly("loaded", "unreachable", "loaded");
        }
    }

    @Test
    void aFileThatComesLaterIsFound() throws IOException {
        Path file = folder.resolve("gateway.json");
        try (Live live = Live.ofFile(file)) {
            assertThat(live.get("/v")).isEqualTo(NO_CONFIG);
            file(Live.document("at last"));
            assertThat(live.get("/v")).as("at most one look a second").isEqualTo(NO_CONFIG);
            live.pass(SECOND);
            assertThat(live.get("/v")).isEqualTo("200 \"at last\"");
        }
    }

    @Test
    void aDocumentOverFiveMegabytesIsRefused() throws IOException {
        Path file = file(Live.document("x".repeat(5 << 20)));
        try (Live live = Live.ofFile(file)) {
            assertThat(live.gateway.status())
                    .isInstanceOfSatisfying(
                            Status.Refused.class,
                            status -> assertThat(status.problems())
                                    .singleElement()
                                    .asString()
                                    .contains("5 MB"));
            Live.replace(file, Live.document("small"));
            live.gateway.look();
            assertThat(live.get("/v")).isEqualTo("200 \"small\"");
        }
    }

    @Test
    void aDocumentThatIsTooDeepIsRefused() {
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", "[".repeat(100_000)))) {
            assertThat(live.gateway.status()).isInstanceOf(Status.Refused.class);
            assertThat(live.get("/v")).isEqualTo(NO_CONFIG);
        }
    }

    @Test
    void ofManyProblemsTheFirstAreSaidAndTheRestCounted() {
        String many = "{\"paths\":[" + "{\"x\":1},".repeat(99) + "{\"x\":1}]}";
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", many))) {
            JsonNode problems = live.log.last().get("problems");
            assertThat(problems).hasSize(21);
            assertThat(problems.get(20).asText()).matches("and \\d+ more");
        }
    }

    @Test
    void referencesReadTheEnvironment() {
        String document = "{\"servers\":[{\"alias\":\"s\",\"url\":\"$env.UPSTREAM\"}],\"paths\":[{\"method\":\"GET\","
                + "\"path\":\"/s\",\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"}}]}";
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", document))) {
            assertThat(live.gateway.status()).isInstanceOf(Status.Refused.class);
        }
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", document, "UPSTREAM", "https://u.example.com"))) {
            assertThat(live.gateway.status()).isInstanceOf(Status.Loaded.class);
        }
    }

    @Test
    void aRefreshThatIsNoNumberIsSaidWithTheDocument() {
        Map<String, String> environment =
                Map.of("GATEWAY_CONFIG_JSON", Live.document("x"), "GATEWAY_CONFIG_REFRESH", "often");
        try (Live live = Live.of(environment)) {
            assertThat(live.get("/v")).isEqualTo("200 \"x\"");
            assertThat(live.log.last().get("problems").get(0).asText()).contains("\"often\"");
        }
    }

    @Test
    void theDocumentInTheEnvironmentIsReadOnce() {
        try (Live live = Live.of(Map.of("GATEWAY_CONFIG_JSON", Live.document("x"), "GATEWAY_CONFIG_REFRESH", "0"))) {
            live.pass(Duration.ofDays(3000));
            assertThat(live.getAndSettle("/v")).isEqualTo("200 \"x\"");
            live.gateway.beforeSnapshot();
            live.gateway.afterRestore();
            assertThat(live.get("/v")).isEqualTo("200 \"x\"");
            assertThat(live.log.events()).containsExactly("loaded");
        }
    }

    @Test
    void afterARestoreTheNextRequestWaitsForALook() throws IOException {
        Path file = file(Live.document("before"));
        try (Live live = Live.ofFile(file)) {
            live.gateway.beforeSnapshot();
            Live.replace(file, Live.document("after"));
            live.gateway.afterRestore();
            assertThat(live.get("/v")).isEqualTo("200 \"after\"");
        }
    }
}
