package multicloud.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.transport.ConnectionLimits;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.TargetStates;
import multicloud.gateway.upstream.WallClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of the first of two clouds, met by every kind of request on real sockets: what the client gets, what reaches the second
 * cloud, and that nothing without leave is sent twice. With {@code -Ddocs.write} the table in the documentation is written anew.
 */
class FaultMatrixTest {
    private static final Path PAGE = Path.of("docs/servers.md");
    private static final String BEGIN =
            "<!-- From the fault matrix: ./mvnw -q test -Dtest=FaultMatrixTest -Ddocs.write -->\n";
    private static final String END = "<!-- End of the fault matrix -->\n";
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";
    private static final int REQUESTS_A_SECOND = 2;

    static Stream<Arguments> cells() {
        return Fault.all().stream()
                .flatMap(fault -> Arrays.stream(Sent.values()).map(sent -> Arguments.of(fault, sent)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatAClientGets(Fault fault, Sent sent) throws Exception {
        try (FaultyCloud first = fault.start();
                RawUpstream second = RawUpstream.of(RawUpstream.answering(GOOD));
                SocketTransport transport = transport()) {
            WallClock clock = new WallClock();
            Gateway gateway = gateway(first, second, "", clock, transport);
            boolean lasts = true;
            int others = 0;
            int asked = 0;
            for (int number = 0; number < first.seconds(); number++) {
                for (int i = 0; i < REQUESTS_A_SECOND; i++) {
                    Fate expected = lasts ? fault.of(sent) : Fate.FIRST;
                    assertThat(fate(gateway, sent.exchange())).isEqualTo(expected);
                    asked++;
                    others += expected == Fate.OTHER ? 1 : 0;
                }
                clock.advance(Duration.ofSeconds(1));
                lasts = first.nextSecond();
            }
            assertThat(second.requests()).hasSize(others);
            assertThat(second.requests())
                    .extracting(Peer.Received::body)
                    .allSatisfy(body -> assertThat(body).hasSize(sent.length()));
            if (sent == Sent.POST || sent == Sent.STREAMED_PUT) {
                assertThat(first.requests()).isLessThanOrEqualTo(asked);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aBreakerTurnsToTheOtherCloud(Fault fault, Sent sent) throws Exception {
        try (FaultyCloud first = fault.start();
                RawUpstream second = RawUpstream.of(RawUpstream.answering(GOOD));
                SocketTransport transport = transport()) {
            Gateway gateway = gateway(first, second, ", \"breaker\": {\"failures\": 2}", new WallClock(), transport);
            for (int i = 0; i < 2; i++) {
                assertThat(fate(gateway, sent.exchange())).isEqualTo(fault.of(sent));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(fate(gateway, sent.exchange())).isEqualTo(fault.isCounted() ? Fate.OTHER : fault.of(sent));
            }
        }
    }

    @Test
    void theDocumentationHasTheTable() throws IOException {
        String written = Files.readString(PAGE);
        int from = written.indexOf(BEGIN) + BEGIN.length();
        int to = written.indexOf(END);
        assertThat(from).isBetween(BEGIN.length(), to);
        String page = written.substring(0, from) + "\n" + table() + "\n" + written.substring(to);
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
            return;
        }
        assertThat(written)
                .as("The table is another than the test's: ./mvnw -q test -Dtest=FaultMatrixTest -Ddocs.write")
                .isEqualTo(page);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| the first cloud |");
        for (Sent sent : Sent.values()) {
            table.append(' ').append(sent.title()).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(Sent.values().length)).append('\n');
        for (Fault fault : Fault.all()) {
            table.append("| ").append(fault.title()).append(" |");
            for (Sent sent : Sent.values()) {
                table.append(' ').append(fault.of(sent).told()).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static Fate fate(Gateway gateway, Exchange exchange) {
        Response response = gateway.handle(exchange);
        String text;
        try {
            text = new String(response.body().bytes(1 << 20, Failure.RESPONSE_TOO_LARGE), UTF_8);
        } catch (BodyFailure e) {
            return Fate.BROKEN;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String code = exchange.notes().code();
        if (response.status() == 200) {
            return text.equals("first") ? Fate.FIRST : text.equals("second") ? Fate.OTHER : Fate.BROKEN;
        }
        if (code == null && "first".equals(response.headers().first("x-cloud"))) {
            return Fate.ANSWER;
        }
        return switch (String.valueOf(code)) {
            case "upstream_reset" -> Fate.RESET;
            case "upstream_timeout" -> Fate.TIMEOUT;
            default -> throw new AssertionError(response.status() + " " + code + " " + text);
        };
    }

    private static SocketTransport transport() {
        return new SocketTransport(
                ConnectionLimits.DEFAULT,
                InstantSource.system(),
                name -> {
                    if (name.equals(FaultyCloud.UNKNOWN_NAME)) {
                        throw new UnknownHostException(name);
                    }
                    return List.of(InetAddress.ofLiteral(name));
                },
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                null);
    }

    private static Gateway gateway(
            FaultyCloud first, RawUpstream second, String breaker, WallClock clock, SocketTransport transport) {
        GatewayConfig config = config("""
                {"servers": [{"alias": "s",
                   "targets": [{"name": "first", "url": "%s"}, {"name": "second", "url": "http://127.0.0.1:%d", "priority": 1}],
                   "timeouts": {"connect": "400ms", "first_byte": "500ms", "idle": "500ms"},
                   "retry": {"idempotency_key": true, "backoff": "1ms"} %s}],
                 "paths": [{"method": "ANY", "path": "/a", "integration": {"type": "http", "server": "s"}}]}""".formatted(first.url(), second.port(), breaker));
        return Gateway.compile(
                config, "v1", new Lasting(transport, new TargetStates(clock, new Chance(1)), clock, null));
    }

    private static GatewayConfig config(String document) {
        return switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> accepted.config();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
