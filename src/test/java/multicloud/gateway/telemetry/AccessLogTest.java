package multicloud.gateway.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AccessLog log = new AccessLog(
            (line, length) -> lines.add(new String(line, 0, length, UTF_8)),
            InstantSource.fixed(Instant.parse("2026-11-01T12:00:00.0071Z")));

    private Exchange exchange(String target, String... headers) {
        return Exchange.begin(
                new Request("GET", RequestTarget.parse(target), Headers.of(headers), Body.absent()),
                "id-1",
                Exchanges.CLIENT,
                Deadline.after(Duration.ofSeconds(1), nanos::get));
    }

    private JsonNode line() throws IOException {
        assertThat(lines).singleElement().asString().endsWith("}\n").hasLineCount(1);
        return new ObjectMapper().readTree(lines.getFirst());
    }

    @Test
    void aLineSaysWhatHappened() throws IOException {
        Exchange exchange = exchange(
                "/v1/42?secret=1",
                "Authorization",
                "Bearer secret-token",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        exchange.notes().configVersion("abc");
        exchange.notes().route("/v1/{id}");
        exchange.notes().server("orders");
        Attempt attempt = exchange.notes().attempt("ireland", "aws", null);
        nanos.set(12_034_567);
        attempt.failed(Failure.UPSTREAM_TIMEOUT, "first_byte");
        exchange.notes().waited(12_034_567);
        exchange.notes().code("upstream_timeout");
        log.write(exchange, 504, 17);
        assertThat(line()).isEqualTo(new ObjectMapper().readTree("""
                                {"type":"access","time":"2026-11-01T12:00:00.007Z","request_id":"id-1","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",
                                 "method":"GET","path":"/v1/42","route":"/v1/{id}","status":504,"duration_ms":12.034,"upstream_ms":12.034,
                                 "client_ip":"203.0.113.9","subject":null,"authorizer":null,"server":"orders",
                                 "attempts":[{"target":"ireland","cloud":"aws","region":null,"outcome":"upstream_timeout","stage":"first_byte","ms":12.034}],
                                 "bytes_in":0,"bytes_out":17,"config_version":"abc","code":"upstream_timeout"}"""));
        assertThat(lines.getFirst()).doesNotContain("secret");
    }

    @Test
    void whatNeverReachedARouteIsLoggedToo() throws IOException {
        log.write(exchange("/none\"\\\u00e9"), 404, 0);
        JsonNode line = line();
        assertThat(line.get("path").asText()).isEqualTo("/none\"\\\u00e9");
        assertThat(line.get("route").isNull()).isTrue();
        assertThat(line.get("upstream_ms").isNull()).isTrue();
        assertThat(line.get("attempts")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://user:tok3n@h/x,-", "/x#tok3n,/x", "*,*", "-,-"})
    void aTargetThatIsNoneKeepsItsSecrets(String target, String shown) throws IOException {
        log.write(exchange(target), 400, 0);
        assertThat(line().get("path").asText()).isEqualTo(shown);
    }

    @Test
    void aBugSaysWhereItStruckAndNotWhatItSaid() throws IOException {
        Exchange exchange = exchange("/");
        exchange.notes().fault(new IllegalStateException("secret", new IOException("secret too")));
        log.write(exchange, 500, 0);
        assertThat(line().get("fault").toString())
                .contains("java.lang.IllegalStateException", "java.io.IOException", "AccessLogTest")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,true",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01,false",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,false",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01,false",
        "nonsense,false"
    })
    void onlyAWellFormedTraceIsNamed(String parent, boolean named) throws IOException {
        log.write(exchange("/", "traceparent", parent), 200, 0);
        assertThat(line().get("trace_id").isNull()).isEqualTo(!named);
    }

    @Test
    void timesAreWrittenToTheMillisecond() {
        Timestamps timestamps = new Timestamps();
        assertThat(timestamps.of(Instant.parse("2026-11-01T12:00:00Z"))).isEqualTo("2026-11-01T12:00:00.000Z");
        assertThat(timestamps.of(Instant.parse("2026-11-01T12:00:00.999999Z"))).isEqualTo("2026-11-01T12:00:00.999Z");
        assertThat(timestamps.of(Instant.parse("2026-11-01T12:00:01.05Z"))).isEqualTo("2026-11-01T12:00:01.050Z");
    }
}
