package multicloud.gateway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawClient;
import multicloud.gateway.testing.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LocalServerTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: a.test:81\r\n\r\n";
    private static final String HEAD = "HEAD /x HTTP/1.1\r\nHost: a.test:81\r\n\r\n";

    @Test
    void headersPassBothWaysByteForByteInOrder() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0x20; c <= 0xff; c++) {
            all.append(c == 0x7f ? '\t' : c);
        }
        String value = "x" + all + "x";
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    Headers got = exchange.request().headers();
                    assertThat(got.name(1)).isEqualTo("X-oDD");
                    assertThat(got.all("x-odd")).containsExactly(value, "");
                    return new Response(
                            200,
                            Headers.of("Set-Cookie", "a=1", "X-oDD", value, "set-cookie", "b=2", "Server", "up"),
                            Body.empty());
                });
                RawClient client = fixture.client()) {
            client.send("GET /x HTTP/1.1\r\nHost: a.test\r\nX-oDD: \t" + value + " \t\r\nx-Odd:\r\n\r\n");
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields().subList(0, 4))
                    .containsExactly("Set-Cookie: a=1", "X-oDD: " + value, "set-cookie: b=2", "Server: up");
            assertThat(answer.fields().subList(4, answer.fields().size()))
                    .allMatch(line -> line.startsWith("Date: ") || line.equals("Content-Length: 0"))
                    .hasSize(2);
        }
    }

    @Test
    void noAnswerCanBeSplitByAValueInIt() throws Exception {
        Headers headers = Headers.of(
                "X-A", "1\r\nX-B: 2", "X-C", "\u0000\u20ac", "Transfer-Encoding", "chunked", "connection", "x");
        try (ServerFixture fixture = ServerFixture.of(exchange -> new Response(200, headers, Body.empty()));
                RawClient client = fixture.client()) {
            Answer answer = client.send(GET).answer();
            assertThat(answer.field("x-a")).isEqualTo("1??X-B: 2");
            assertThat(answer.field("x-c")).isEqualTo("??");
            assertThat(answer.field("transfer-encoding")).isNull();
            assertThat(answer.field("connection")).isNull();
        }
    }

    @Test
    void theAnswerToHeadKeepsTheLengthItIsGiven() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(
                        exchange -> new Response(200, Headers.of("Content-Length", "1234"), Body.absent()));
                RawClient client = fixture.client()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = client.send(HEAD).answerToHead();
                assertThat(answer.fields("content-length")).containsExactly("1234");
                assertThat(answer.field("transfer-encoding")).isNull();
            }
        }
    }

    @Test
    void theAnswerToHeadWithoutLengthSaysNone() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> new Response(200, Headers.empty(), Body.absent()));
                RawClient client = fixture.client()) {
            assertThat(client.send(HEAD).answerToHead().field("content-length")).isNull();
            assertThat(client.send(GET).answer().field("content-length")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someAnswersHaveNoBody(int status) throws Exception {
        try (ServerFixture fixture = ServerFixture.of(
                        exchange -> new Response(status, Headers.of("Content-Length", "7"), Body.absent()));
                RawClient client = fixture.client()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = client.send(GET).answer();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.field("content-length")).isEqualTo(status == 304 ? "7" : null);
            }
        }
    }

    @Test
    void aBugIsAnsweredAndTheServerGoesOn() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    throw new IllegalStateException("secret");
                });
                RawClient client = fixture.client()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = client.send(GET).answer();
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.text()).isEqualTo("{\"message\":\"Internal server error\"}");
                assertThat(answer.field("x-request-id")).isNotBlank();
            }
            assertThat(fixture.logged(2).getFirst().exchange().notes().fault()).hasMessage("secret");
        }
    }

    @Test
    void whoAsksIsReadFromTheConnection() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> new Response(200, Headers.empty(), Body.empty()));
                RawClient client = fixture.client()) {
            client.send(GET.replace("\r\n\r\n", "\r\nX-Request-Id: forged\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"))
                    .answer();
            client.send(GET).answer();
            Set<String> ids = new HashSet<>();
            for (ServerFixture.Entry entry : fixture.logged(2)) {
                assertThat(entry.exchange().client())
                        .isEqualTo(new Client(
                                "127.0.0.1",
                                "http",
                                "a.test:81",
                                fixture.server().port()));
                ids.add(entry.exchange().id());
            }
            assertThat(ids).hasSize(2).allMatch(id -> id.matches("[0-9a-f]{32}"));
        }
    }

    @Test
    void whatIsNoRequestIsLoggedToo() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> new Response(200, Headers.empty(), Body.empty()));
                RawClient client = fixture.client()) {
            Answer answer =
                    client.send("GET /x?q=1 HTTP/1.1\r\nno colon\r\n\r\n").answer();
            ServerFixture.Entry entry = fixture.logged(1).getFirst();
            assertThat(entry.status()).isEqualTo(400);
            assertThat(entry.exchange().request().target().path()).isEqualTo("/x");
            assertThat(entry.exchange().id()).isEqualTo(answer.field("x-request-id"));
        }
    }

    @Test
    void manyClientsAreAnsweredAtOnce() throws Exception {
        int clients = 300;
        CountDownLatch all = new CountDownLatch(clients);
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    all.countDown();
                    await(all);
                    return new Response(
                            200,
                            Headers.empty(),
                            Body.of(exchange.request()
                                    .target()
                                    .path()
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String path = "/" + i;
                answers.add(threads.submit(() -> {
                    try (RawClient client = fixture.client()) {
                        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer()
                                .text();
                    }
                }));
            }
            for (int i = 0; i < clients; i++) {
                assertThat(answers.get(i).get()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void requestsUnderWayFinishWhileItDrains() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    arrived.countDown();
                    await(go);
                    return new Response(200, Headers.empty(), Body.of(new byte[] {'o', 'k'}));
                });
                RawClient busy = fixture.client();
                RawClient idle = fixture.client()) {
            busy.send(GET);
            await(arrived);
            Thread draining = Thread.ofPlatform().start(() -> fixture.server().drain(Duration.ofSeconds(20)));
            assertThat(idle.isClosed()).isTrue();
            assertThat(fixture.server().isDraining()).isTrue();
            assertThatThrownBy(fixture::client).isInstanceOf(ConnectException.class);
            go.countDown();
            Answer answer = busy.answer();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(busy.isClosed()).isTrue();
            busy.end();
            draining.join();
        }
    }

    @Test
    void whatDoesNotFinishInTimeIsBrokenOff() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (ServerFixture fixture = ServerFixture.of(exchange -> {
                    arrived.countDown();
                    await(never);
                    return new Response(200, Headers.empty(), Body.empty());
                });
                RawClient client = fixture.client()) {
            client.send(GET);
            await(arrived);
            fixture.server().drain(Duration.ofMillis(50));
            assertThat(client.isClosed()).isTrue();
            never.countDown();
        }
    }

    @Test
    void aPortInUseIsSaid() throws Exception {
        try (ServerFixture fixture = ServerFixture.of(exchange -> new Response(200, Headers.empty(), Body.empty()))) {
            LocalServer.Options same = LocalServer.Options.on(
                    InetAddress.getLoopbackAddress(), fixture.server().port());
            assertThatThrownBy(() -> LocalServer.start(exchange -> null, RequestLog.NONE, same)
                            .close())
                    .isInstanceOf(BindException.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
