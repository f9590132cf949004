package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Peer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyCallsTest extends TransportTesting {
    private static final int CALLS = 3_000;

    /** Echoes the target, in chunks, with a length or until the end by turns. */
    private static final RawUpstream.Script ECHO = peer -> {
        for (Peer.Received request = peer.request(); request != null; request = peer.request()) {
            String target = request.line().split(" ", -1)[1];
            int number = Integer.parseInt(target.substring(1));
            String text = target + "=" + request.text();
            switch (number % 4) {
                case 0 -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
                case 1 ->
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n");
                case 2 -> {
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n");
                    peer.send(text);
                }
                default -> {
                    peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + text);
                    return;
                }
            }
        }
    };

    private String echo(RawUpstream upstream, int number) throws Exception {
        Body body = number % 3 == 0 ? Body.absent() : body("x".repeat(number));
        String method = number % 3 == 0 ? "GET" : "POST";
        return text(answered(transport.send(call(origin(upstream), request(method, "/" + number, body), PATIENT))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCallGetsItsOwnAnswer(boolean virtual) throws Exception {
        transport.close();
        transport = transport(new ConnectionLimits(16, 8, 8, Duration.ofSeconds(50)), Resolver.system(), null);
        RawUpstream upstream = upstream(ECHO);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(24)) {
            for (int i = 0; i < CALLS; i++) {
                int number = i;
                answers.add(threads.submit(() -> echo(upstream, number)));
            }
            for (int i = 0; i < CALLS; i++) {
                String expected = "/" + i + "=" + (i % 3 == 0 ? "" : "x".repeat(i));
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
        assertThat(transport.census().idle()).isLessThanOrEqualTo(8);
    }

    @Test
    void callsThatFailInEveryWayLoseNothing() throws Exception {
        RawUpstream upstream = upstream(peer -> {
            for (Peer.Received request = peer.request(); request != null; request = peer.request()) {
                switch (request.line().hashCode() & 7) {
                    case 0 -> peer.reset();
                    case 1 -> peer.send("garbage\r\n\r\n");
                    case 2 ->
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                                .close();
                    case 3 -> peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
                    case 4 -> peer.close();
                    case 5 -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(9000));
                    default -> peer.send(OK);
                }
            }
        });
        List<Future<Boolean>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLS; i++) {
                int number = i;
                ends.add(threads.submit(() -> end(upstream, number)));
            }
            int whole = 0;
            for (Future<Boolean> end : ends) {
                whole += end.get(30, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(whole).isBetween(1, CALLS - 1);
        }
    }

    private boolean end(RawUpstream upstream, int number) throws Exception {
        Outcome outcome = transport.send(call(origin(upstream), request("GET", "/" + number, Body.absent()), PATIENT));
        if (!(outcome instanceof Outcome.Answered(Response response))) {
            return false;
        }
        try {
            if (number % 5 == 0) {
                response.body().close();
            } else {
                text(response);
            }
            return true;
        } catch (BodyFailure e) {
            return false;
        }
    }
}
