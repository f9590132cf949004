package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Stage;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.TargetStates;
import multicloud.gateway.upstream.WallClock;
import org.junit.jupiter.api.Test;

/** What a target is blamed for, and what it is not, when calls end in ways that are hard to bring about on a socket. */
class BlameTest implements Transport {
    private final WallClock clock = new WallClock();
    private final Deque<Function<Call, Outcome>> script = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();

    @Override
    public Outcome send(Call call) {
        Function<Call, Outcome> next;
        synchronized (this) {
            calls.add(call);
            next = script.poll();
        }
        return next == null ? answer(200) : next.apply(call);
    }

    @Override
    public void closeIdle() {}

    @Override
    public void close() {}

    private static Outcome answer(int status) {
        return new Outcome.Answered(new Response(status, Headers.empty(), Body.empty()));
    }

    private static Outcome failed(Stage stage, Failure failure) {
        return new Outcome.Failed(stage, failure, true, new IOException("as the test says"));
    }

    private Gateway gateway(String servers) {
        String document = "{\"servers\": [" + servers + "], \"paths\": [{\"method\": \"ANY\", \"path\": \"/a\","
                + " \"mapping\": {\"headers\": {\"x-removed\": null}}, \"integration\": {\"type\": \"http\", \"server\": \"s\"}}]}";
        return switch (ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)) {
            case Reading.Accepted accepted ->
                Gateway.compile(
                        accepted.config(),
                        "v1",
                        new Lasting(this, new TargetStates(clock, new Chance(1)), clock, null));
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static int ask(Gateway gateway) {
        return gateway.handle(Exchanges.get("/a")).status();
    }

    @Test
    void aBugInTheAttemptThatTriesATargetAgainIsNotTheEndOfIt() {
        Gateway gateway = gateway(
                "{\"alias\": \"s\", \"url\": \"https://a.example\", \"breaker\": {\"failures\": 1, \"open_for\": \"1s\"}}");
        script.add(call -> answer(503));
        script.add(call -> {
            throw new IllegalArgumentException("a bug");
        });
        script.add(call -> {
            throw new OutOfMemoryError("not really");
        });
        assertThat(ask(gateway)).isEqualTo(503);
        clock.advance(Duration.ofSeconds(2));
        assertThat(ask(gateway)).isEqualTo(500);
        assertThatThrownBy(() -> ask(gateway)).isInstanceOf(OutOfMemoryError.class);
        assertThat(ask(gateway)).isEqualTo(200);
    }

    @Test
    void aTargetIsNotBlamedForABodyThatItsClientDidNotSend() {
        Gateway gateway = gateway("{\"alias\": \"s\", \"url\": \"https://a.example\", \"breaker\": {\"failures\": 1}}");
        for (int i = 0; i < 3; i++) {
            script.add(call -> failed(Stage.SEND, Failure.UPSTREAM_RESET));
            Body endless = Body.streamed(new ByteArrayInputStream(new byte[100]), -1);
            assertThat(gateway.handle(Exchanges.exchange("POST", "/a", endless)).status())
                    .isEqualTo(502);
        }
        assertThat(ask(gateway)).isEqualTo(200);
    }

    @Test
    void aTargetThatUsesUpTheWholeTimeIsBlamed() {
        Gateway gateway = gateway(
                "{\"alias\": \"s\", \"url\": \"https://a.example\", \"timeouts\": {\"total\": \"20ms\"}, \"breaker\": {\"failures\": 1}}");
        script.add(call -> {
            while (!call.deadline().passed()) {
                Thread.onSpinWait();
            }
            return failed(Stage.FIRST_BYTE, Failure.UPSTREAM_TIMEOUT);
        });
        assertThat(ask(gateway)).isEqualTo(504);
        assertThat(ask(gateway)).isEqualTo(503);
        assertThat(calls).hasSize(1);
    }

    @Test
    void aCopyThatFailsCountsLikeARequestThatDoes() {
        Gateway gateway = gateway("{\"alias\": \"s\", \"url\": \"https://a.example\", \"mirror\": {\"server\": \"m\"}},"
                + " {\"alias\": \"m\", \"url\": \"https://m.example\", \"breaker\": {\"failures\": 1}}");
        script.add(call -> answer(503));
        script.add(call -> answer(503));
        Exchange exchange = Exchanges.get("/a");
        gateway.handle(exchange);
        exchange.aside().settle(Duration.ofSeconds(10));
        assertThat(calls).hasSize(2);
        ask(gateway);
        assertThat(calls).as("the mirror is left out").hasSize(3);
    }

    @Test
    void aKeyThatTheTargetDoesNotGetIsNone() {
        Gateway gateway = gateway(
                "{\"alias\": \"s\", \"targets\": [{\"url\": \"https://a.example\"}, {\"url\": \"https://b.example\"}],"
                        + " \"retry\": {\"idempotency_key\": true, \"backoff\": \"1ms\"}}");
        for (String fields : List.of("connection: idempotency-key;idempotency-key: k", "idempotency-key: ")) {
            script.add(call -> failed(Stage.FIRST_BYTE, Failure.UPSTREAM_RESET));
            String[] all = fields.replace(": ", ";").split(";", -1);
            assertThat(gateway.handle(Exchanges.exchange("POST", "/a", Body.absent(), all))
                            .status())
                    .as(fields)
                    .isEqualTo(502);
            script.clear();
        }
        script.add(call -> failed(Stage.FIRST_BYTE, Failure.UPSTREAM_RESET));
        assertThat(gateway.handle(Exchanges.exchange("POST", "/a", Body.absent(), "idempotency-key", "k"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBugOfTheSecondTargetDoesNotSpoilTheAnswerOfTheFirst() {
        Gateway gateway = gateway(
                "{\"alias\": \"s\", \"targets\": [{\"url\": \"https://a.example\"}, {\"url\": \"https://b.example\", \"priority\": 1}],"
                        + " \"hedge\": {\"after\": \"1ms\"}}");
        CountDownLatch second = new CountDownLatch(1);
        script.add(call -> {
            try {
                second.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return answer(200);
        });
        script.add(call -> {
            second.countDown();
            throw new IllegalArgumentException("a bug");
        });
        assertThat(ask(gateway)).isEqualTo(200);
    }
}
