package multicloud.gateway.lambda;

import static multicloud.gateway.testing.Ask.get;
import static multicloud.gateway.testing.RawUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.FunctionUrlEdge;
import multicloud.gateway.testing.OwnAnswersSuite;
import multicloud.gateway.testing.RawClient.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionUrlOwnAnswersTest extends OwnAnswersSuite {
    private static final String UPSTREAMS_OWN =
            "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nVary: Accept\r\nX-Key: a-secret\r\n";

    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) {
        return new FunctionUrlEdge(live, accessLog);
    }

    static Stream<Arguments> broken() {
        String large = UPSTREAMS_OWN + "Content-Length: 7000000\r\n\r\n" + "a".repeat(7_000_000);
        String half = UPSTREAMS_OWN + "Content-Length: 100\r\n\r\nhalf";
        String malformed = UPSTREAMS_OWN + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nno chunk\r\n";
        return Stream.of(
                Arguments.of("too large", large, "response_too_large"),
                Arguments.of("broken off", half, "upstream_reset"),
                Arguments.of("malformed", malformed, "upstream_malformed"));
    }

    /** What goes wrong while a result is made comes to light behind all policies. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void anAnswerInsteadOfAnUpstreamsSaysWhoMayReadIt(String name, String upstream, String code) throws Exception {
        assertThat(insteadOf(upstream, "https://app.test", code)).isEqualTo(PERMISSION);
        assertThat(insteadOf(upstream, "https://evil.test", code)).isEqualTo(Map.of());
    }

    private Map<String, String> insteadOf(String upstream, String origin, String code) throws Exception {
        Answer answer = given(CORS, upstream(once(upstream))).ask(get("/up", "Origin: " + origin));
        assertOwn(answer, 502, code);
        assertThat(answer.field("vary")).isEqualTo("Accept, Origin");
        assertThat(answer.field("x-key")).isNull();
        assertThat(logged().path("code").asText()).isEqualTo(code);
        return cors(answer);
    }
}
