package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultEncoderTest {
    private static final int LARGEST = 6_291_556;

    private final ResultEncoder encoder = new ResultEncoder();
    private final Exchange exchange = Exchanges.get("/");

    @Test
    void textIsWrittenAsItIs() throws IOException {
        JsonNode result = encode(200, "Käse \u20ac \"\\\n\u0000", "content-type", "text/plain; charset=utf-8");
        assertThat(result.get("statusCode").intValue()).isEqualTo(200);
        assertThat(result.get("body").textValue()).isEqualTo("Käse \u20ac \"\\\n\u0000");
        assertThat(result.get("isBase64Encoded").booleanValue()).isFalse();
        assertThat(result.get("cookies").isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/CSV; header=present",
                "application/json",
                "application/problem+json; charset=UTF-8",
                "image/svg+xml",
                "application/xml ;charset=\"utf-8\"",
                "application/x-www-form-urlencoded",
                "text/plain; charset=us-ascii"
            })
    void theseTypesAreText(String type) throws IOException {
        assertThat(encode(200, "text", "content-type", type)
                        .get("isBase64Encoded")
                        .booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "application/octet-stream",
                "application/zip",
                "multipart/form-data; boundary=x",
                "text/html; charset=iso-8859-1",
                "text/html; charset=utf-16",
                "application/grpc",
                ""
            })
    void theseTypesAreNot(String type) throws IOException {
        JsonNode result = encode(200, "text", "content-type", type);
        assertThat(result.get("isBase64Encoded").booleanValue()).isTrue();
        assertThat(result.get("body").textValue()).isEqualTo("dGV4dA==");
    }

    @Test
    void aBodyWithoutATypeIsNoText() throws IOException {
        assertThat(encode(200, "text").get("isBase64Encoded").booleanValue()).isTrue();
    }

    @Test
    void anEncodedBodyIsNoText() throws IOException {
        JsonNode result = encode(200, "text", "content-type", "text/plain", "content-encoding", "gzip");
        assertThat(result.get("isBase64Encoded").booleanValue()).isTrue();
        assertThat(result.get("headers").get("content-encoding").textValue()).isEqualTo("gzip");
    }

    @Test
    void textThatIsNoUtf8KeepsItsBytes() throws IOException {
        byte[] latin1 = "Käse".getBytes(ISO_8859_1);
        JsonNode result = encode(new Response(200, Headers.of("content-type", "text/plain"), Body.of(latin1)));
        assertThat(result.get("isBase64Encoded").booleanValue()).isTrue();
        assertThat(Base64.getDecoder().decode(result.get("body").textValue())).isEqualTo(latin1);
        byte[] cut = Arrays.copyOf("abc\u20ac".getBytes(UTF_8), 5);
        result = encode(new Response(200, Headers.of("content-type", "text/plain"), Body.of(cut)));
        assertThat(result.get("isBase64Encoded").booleanValue()).isTrue();
    }

    @Test
    void anEmptyBodyIsAnEmptyText() throws IOException {
        JsonNode result = encode(new Response(204, Headers.empty(), Body.absent()));
        assertThat(result.get("body").textValue()).isEmpty();
        assertThat(result.get("isBase64Encoded").booleanValue()).isFalse();
    }

    @Test
    void everyHeaderIsThereOnceInLowerCase() throws IOException {
        JsonNode headers = encode(200, "", "Vary", "Origin", "X-A", "1", "vary", "Accept", "x-a", "2")
                .get("headers");
        assertThat(headers.toString()).isEqualTo("{\"vary\":\"Origin, Accept\",\"x-a\":\"1, 2\"}");
    }

    @Test
    void cookiesGoTheirOwnWay() throws IOException {
        JsonNode result =
                encode(200, "", "Set-Cookie", "a=1; Expires=Mon, 23 Nov 2026 03:00:00 GMT", "set-cookie", "b=2");
        assertThat(result.get("headers").size()).isZero();
        assertThat(result.get("cookies").toString())
                .isEqualTo("[\"a=1; Expires=Mon, 23 Nov 2026 03:00:00 GMT\",\"b=2\"]");
    }

    @Test
    void whatLambdaWritesItselfIsLeftOut() throws IOException {
        JsonNode headers = encode(
                        200,
                        "abc",
                        "Content-Length",
                        "3",
                        "X-Amzn-Remapped-Date",
                        "x",
                        "x-amzn-requestid",
                        "y",
                        "x-amz-id",
                        "z")
                .get("headers");
        assertThat(headers.toString()).isEqualTo("{\"x-amz-id\":\"z\"}");
    }

    @Test
    void theLengthOfABodyThatIsNotSentIsKept() throws IOException {
        Exchange head = Exchanges.exchange("HEAD", "/", Body.absent());
        Response response = new Response(200, Headers.of("content-length", "17"), Body.absent());
        assertThat(encode(response, head).get("headers").get("content-length").textValue())
                .isEqualTo("17");
        assertThat(encode(new Response(304, Headers.of("content-length", "17"), Body.absent()))
                        .get("headers")
                        .get("content-length")
                        .textValue())
                .isEqualTo("17");
    }

    @Test
    void theAnswerToHeadHasNoBody() throws IOException {
        Exchange head = Exchanges.exchange("HEAD", "/", Body.absent());
        JsonNode result =
                encode(new Response(400, Headers.of("content-type", "text/plain"), Body.of(new byte[9])), head);
        assertThat(result.get("body").textValue()).isEmpty();
    }

    @Test
    void bytesInAHeaderBecomeTheTextTheyAre() throws IOException {
        String utf8 = new String("Käse \u20ac".getBytes(UTF_8), ISO_8859_1);
        JsonNode headers =
                encode(200, "", "x-utf8", utf8, "x-latin1", "K\u00e4se").get("headers");
        assertThat(headers.get("x-utf8").textValue()).isEqualTo("Käse \u20ac");
        assertThat(headers.get("x-latin1").textValue()).isEqualTo("Käse");
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"UPSTREAM_RESET", "UPSTREAM_TIMEOUT", "UPSTREAM_MALFORMED"})
    void aBodyThatBreaksOffIsTheGatewaysOwnAnswer(Failure failure) throws IOException {
        InputStream broken = new Trickle(10, () -> {
            throw new BodyFailure(failure);
        });
        Result result = encoder.encode(
                new Response(200, Headers.of("content-type", "text/plain"), Body.streamed(broken, 100)), exchange);
        JsonNode json = Events.MAPPER.readTree(Events.bytes(result));
        assertThat(result.status()).isEqualTo(failure.status());
        assertThat(json.get("statusCode").intValue()).isEqualTo(failure.status());
        assertThat(Events.MAPPER
                        .readTree(json.get("body").textValue())
                        .get("code")
                        .textValue())
                .isEqualTo(failure.code());
        assertThat(exchange.notes().code()).isEqualTo(failure.code());
        assertThat(result.bodyBytes()).isEqualTo(json.get("body").textValue().length());
    }

    @Test
    void aBugWhileTheBodyIsReadIsTheGatewaysOwnFault() throws IOException {
        InputStream buggy = new Trickle(0, () -> {
            throw new IllegalStateException("bug");
        });
        JsonNode result = encode(new Response(200, Headers.empty(), Body.streamed(buggy, -1)));
        assertThat(result.get("statusCode").intValue()).isEqualTo(500);
        assertThat(exchange.notes().fault()).hasMessage("bug");
    }

    @ParameterizedTest
    @CsvSource({"text/plain,120,6291400", "text/plain,1,1048560", "image/png,120,4718550"})
    void aResultMayBeAsLargeAsLambdaTakesIt(String type, byte unit, int fits) throws IOException {
        Result large = encodeLarge(type, unit, fits, true);
        assertThat(large.status()).isEqualTo(200);
        assertThat(large.json().length()).isBetween(LARGEST - 200, LARGEST);
        for (boolean known : new boolean[] {true, false}) {
            Result larger = encodeLarge(type, unit, fits + 200, known);
            assertThat(larger.status()).isEqualTo(502);
            assertThat(new String(Events.bytes(larger), UTF_8)).contains("response_too_large");
        }
    }

    @Test
    void anEndlessBodyIsNotReadForLong() {
        AtomicLong read = new AtomicLong();
        AtomicBoolean closed = new AtomicBoolean();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                read.addAndGet(length);
                return length;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        Result result = encoder.encode(
                new Response(200, Headers.of("content-type", "text/plain"), Body.streamed(endless, -1)), exchange);
        assertThat(result.status()).isEqualTo(502);
        assertThat(read.get()).isLessThanOrEqualTo(LARGEST + 1);
        assertThat(closed).isTrue();
    }

    /** What happens at the end of a stream. */
    @FunctionalInterface
    private interface End {
        int reached() throws IOException;
    }

    /** So many bytes, one at a time, and then the end. */
    private static final class Trickle extends InputStream {
        private final End end;
        private int left;

        Trickle(int left, End end) {
            this.left = left;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? 'x' : end.reached();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = read();
            if (read >= 0) {
                bytes[offset] = (byte) read;
            }
            return read < 0 ? -1 : 1;
        }
    }

    private Result encodeLarge(String type, byte unit, int count, boolean known) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, unit);
        Body body = known ? Body.of(bytes) : Body.streamed(new ByteArrayInputStream(bytes), -1);
        return encoder.encode(new Response(200, Headers.of("content-type", type), body), exchange);
    }

    private JsonNode encode(int status, String body, String... headers) throws IOException {
        return encode(new Response(status, Headers.of(headers), Body.of(body.getBytes(UTF_8))));
    }

    private JsonNode encode(Response response) throws IOException {
        return encode(response, exchange);
    }

    private JsonNode encode(Response response, Exchange on) throws IOException {
        byte[] json = Events.bytes(encoder.encode(response, on));
        JsonNode result = Events.MAPPER.readTree(json);
        assertThat(List.of("statusCode", "headers", "cookies", "body", "isBase64Encoded"))
                .containsExactlyElementsOf(() -> result.properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .iterator());
        return result;
    }
}
