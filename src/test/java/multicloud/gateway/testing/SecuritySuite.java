package multicloud.gateway.testing;

import static multicloud.gateway.testing.Ask.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a safe proxy, line by line, whichever edge a request comes through. */
public abstract class SecuritySuite extends SecurityTesting {
    static Stream<SecurityCase> cases() {
        return Stream.of("paths", "headers", "trusted-proxy", "jwt", "api-keys", "side-by-side", "cors", "targets")
                .flatMap(SecurityCase::of);
    }

    static Stream<SecurityCase> documents() {
        return SecurityCase.of("documents");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aDocumentThatWouldOpenAHoleIsRefusedWhole(SecurityCase each) throws Exception {
        LiveGateway live = live(each.document(1), SECRETS, SocketTransport.system(null));
        Ask ask = get("/open?key=of-the-client", "Authorization: Bearer of-the-client");
        Answer answer = edgeOf(live).ask(ask);
        assertAll(
                each.toString(),
                () -> assertOwn(answer, 503, null),
                () -> assertThat(live.status()).isInstanceOf(LiveGateway.Status.Refused.class),
                () -> assertThat(live.status().toString())
                        .contains(each.row().required("says").asText()),
                () -> keepsSecrets(ask, logged().toString() + live.status(), own(answer)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void holds(SecurityCase each) throws Exception {
        RawUpstream upstream = upstream(each.upstream());
        Edge edge = given(each.document(upstream.port()), SECRETS, SocketTransport.system(null));
        Ask ask = each.ask(upstream.port());
        Answer answer = edge.ask(ask);
        JsonNode line = logged();
        assertAll(
                each.toString(),
                () -> checkAnswer(each, upstream.port(), answer),
                () -> checkUpstream(
                        each, upstream, edge, line.path("request_id").asText()),
                () -> each.fields("logged", upstream.port())
                        .forEach((name, value) -> assertThat(line.path(name).textValue())
                                .as(name)
                                .isEqualTo("CLIENT".equals(value) ? edge.clientIp() : value)),
                () -> assertThat(texts(line.path("dropped")))
                        .isEqualTo(texts(each.row().path("dropped"))),
                () -> keepsSecrets(ask, line.toString(), each.reachesUpstream() ? "" : own(answer)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static void checkAnswer(SecurityCase each, int port, Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(each.status());
        if (each.isToldWhy()) {
            assertOwn(answer, each.status(), each.code());
        }
        each.fields("answer_fields", port)
                .forEach((name, value) ->
                        assertThat(joined(answer.fields(), name)).as(name).isEqualTo(value));
        if (each.row().has("cors")) {
            assertThat(cors(answer)).isEqualTo(each.fields("cors", port));
        }
    }

    private static void checkUpstream(SecurityCase each, RawUpstream upstream, Edge edge, String id) {
        if (!each.reachesUpstream()) {
            assertThat(upstream.connections()).as("connections to the upstream").isZero();
            return;
        }
        assertThat(upstream.requests()).hasSize(1);
        Peer.Received received = upstream.requests().getFirst();
        assertThat(received.line()).isEqualTo(each.row().path("upstream").asText() + " HTTP/1.1");
        Map<String, String> known = Map.of(
                "CLIENT", edge.clientIp(),
                "SCHEME", edge.clientScheme(),
                "CLIENT_PORT", Integer.toString(edge.clientPort()),
                "ID", id);
        each.fields("upstream_fields", upstream.port())
                .forEach((name, value) -> assertThat(joined(received.fields(), name))
                        .as(name)
                        .isEqualTo(value == null ? null : known.getOrDefault(value, value)));
    }

    /** All values of a field, in whichever spelling; null where there is none. */
    private static String joined(List<String> fields, String name) {
        List<String> values = fields.stream()
                .filter(field -> spelling(Ask.name(field)).equals(name))
                .map(Ask::value)
                .toList();
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
