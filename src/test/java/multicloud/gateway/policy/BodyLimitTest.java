package multicloud.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitTest {
    private static final Handler READER = exchange -> {
        try {
            exchange.request().body().stream().transferTo(java.io.OutputStream.nullOutputStream());
            return new Response(200, Headers.empty(), Body.empty());
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    @Test
    void aShortBodyIsReadWholeSoThatItCanBeSentAgain() {
        byte[] bytes = {1, 2, 3};
        Exchange exchange = Exchanges.exchange("POST", "/", Body.streamed(new ByteArrayInputStream(bytes), 3));
        Response response = new BodyLimit(10, Duration.ofSeconds(29), null)
                .around(seen -> new Response(
                        seen.request().body().isReplayable() ? 200 : 500,
                        Headers.empty(),
                        seen.request().body()))
                .handle(exchange);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().length()).isEqualTo(3);
    }

    @Test
    void aShortBodyThatBreaksOffIsAnsweredBeforeAnythingIsCalled() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new BodyFailure(Failure.REQUEST_TIMEOUT);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new BodyFailure(Failure.REQUEST_TIMEOUT);
            }
        };
        Exchange exchange = Exchanges.exchange("POST", "/", Body.streamed(broken, 3));
        assertThat(new BodyLimit(10, Duration.ofSeconds(29), null)
                        .around(seen -> {
                            throw new AssertionError("called");
                        })
                        .handle(exchange)
                        .status())
                .isEqualTo(408);
    }

    @ParameterizedTest
    @CsvSource({
        "10,buffered,200,10",
        "11,buffered,413,0",
        "10,known,200,10",
        "11,known,413,0",
        "10,unknown,200,10",
        "11,unknown,413,11",
        "0,buffered,200,0"
    })
    void aBodyMayHaveTheLimitAndNoMore(int length, String form, int status, long noted) {
        byte[] bytes = new byte[length];
        Body body = switch (form) {
            case "buffered" -> Body.of(bytes);
            case "known" -> Body.streamed(new ByteArrayInputStream(bytes), length);
            default -> Body.streamed(new ByteArrayInputStream(bytes), -1);
        };
        Exchange exchange = Exchanges.exchange("POST", "/", body);
        assertThat(new BodyLimit(10, Duration.ofSeconds(29), null)
                        .around(READER)
                        .handle(exchange)
                        .status())
                .isEqualTo(status);
        assertThat(exchange.notes().bytesIn()).isEqualTo(noted);
    }

    @Test
    void aBodyThatFindsNoPlaceIsPassedOnAsItComes() {
        Semaphore places = BodyLimit.places(1 << 20);
        assertThat(places.availablePermits()).isEqualTo(1);
        Handler held =
                seen -> new Response(seen.request().body().isBuffered() ? 200 : 202, Headers.empty(), Body.absent());
        BodyLimit limit = new BodyLimit(1 << 20, Duration.ofSeconds(29), places);
        Body body = Body.streamed(new ByteArrayInputStream(new byte[20_000]), 20_000);
        assertThat(limit.around(held)
                        .handle(Exchanges.exchange("PUT", "/", body))
                        .status())
                .isEqualTo(200);
        assertThat(places.tryAcquire()).as("given back").isTrue();
        body = Body.streamed(new ByteArrayInputStream(new byte[20_000]), 20_000);
        assertThat(limit.around(held)
                        .handle(Exchanges.exchange("PUT", "/", body))
                        .status())
                .isEqualTo(202);
    }
}
