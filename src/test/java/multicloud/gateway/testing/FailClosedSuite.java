package multicloud.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.testing.RandomGuards.Credential;
import multicloud.gateway.transport.SocketTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the document and whatever the request, nobody reaches the upstream of a guarded path whom its authorizer does not accept. */
public abstract class FailClosedSuite extends EdgeTesting {
    private static final int DOCUMENTS = 200;
    private static final int REQUESTS = 40;

    /** What AWS says of the caller of the next request, where the edge has callers. */
    protected final Map<String, String> caller = new HashMap<>();

    /** Whether the edge has callers of AWS. */
    protected abstract boolean hasCallers();

    @Test
    @Timeout(120)
    void nobodyReachesTheUpstreamOfAPathThatDoesNotAcceptThem() throws Exception {
        RandomGuards guards = new RandomGuards(new Random(20_261_125));
        int open = 0;
        int letIn = 0;
        int refused = 0;
        RawUpstream upstream = upstream(RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonNode document = guards.document(upstream.port());
            LiveGateway live = live(document.toString(), RandomGuards.SECRETS, SocketTransport.system(null));
            if (!live.ready()) {
                continue;
            }
            Edge edge = edgeOf(live);
            for (int j = 0; j < REQUESTS; j++) {
                List<Credential> shown = new ArrayList<>(guards.credentials());
                Ask ask = guards.ask(shown);
                if (hasCallers()) {
                    shown.addAll(guards.caller(caller));
                }
                int before = upstream.requests().size();
                int status = edge.ask(ask).status();
                logged();
                List<Peer.Received> reached =
                        upstream.requests().subList(before, upstream.requests().size());
                if (reached.isEmpty()) {
                    refused += status == 401 || status == 403 ? 1 : 0;
                    continue;
                }
                int index = index(reached.getFirst().line());
                if (RandomGuards.isGuarded(document, index)) {
                    letIn++;
                    assertThat(RandomGuards.mayLetIn(document, index, shown))
                            .as("%s reached path %d of %s", ask, index, document)
                            .isTrue();
                } else {
                    open++;
                }
                assertThat(reached.getFirst().head().toLowerCase(Locale.ROOT))
                        .as("no key goes on")
                        .doesNotContain("key-1", "key-2");
            }
        }
        assertThat(List.of(open, letIn, refused)).as("open, let in, refused").allMatch(count -> count > 100);
    }

    private static int index(String line) {
        String start = " /route-";
        int from = line.indexOf(start) + start.length();
        return Integer.parseInt(line.substring(from, line.indexOf(' ', from)));
    }
}
