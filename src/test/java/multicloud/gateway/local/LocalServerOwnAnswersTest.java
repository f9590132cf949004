package multicloud.gateway.local;

import static multicloud.gateway.testing.Ask.get;
import static multicloud.gateway.testing.RawUpstream.answering;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.OwnAnswersSuite;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.ServerEdge;
import org.junit.jupiter.api.Test;

class LocalServerOwnAnswersTest extends OwnAnswersSuite {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) throws IOException {
        return new ServerEdge(live, accessLog::write);
    }

    @Test
    void aTargetInAbsoluteFormLeadsToNoOtherHostAndPastNoGuard() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        Edge edge = given("", upstream);
        assertOwn(edge.ask(get("http://evil.test/guarded")), 401, "AUTH_ERROR");
        assertOwn(edge.ask(get("http://evil.test//up")), 400, "malformed_request");
        assertOwn(edge.ask(get("http://user:a-secret@evil.test/up")), 400, "malformed_request");
        assertThat(upstream.connections()).isZero();
        assertThat(edge.ask(get("http://evil.test/up")).status()).isEqualTo(200);
        assertThat(upstream.requests().getFirst().fields())
                .contains("host: 127.0.0.1:" + upstream.port(), "x-forwarded-host: evil.test");
        for (int i = 0; i < 4; i++) {
            assertThat(logged().toString()).doesNotContain("a-secret", "evil.test");
        }
    }
}
