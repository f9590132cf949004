package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.Response;
import multicloud.gateway.lambda.LambdaEvent.HttpCall;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;

/** The official event types are the codec's oracle: what one writes, the other reads. */
class OfficialTypesTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-8",
            "image/png",
            "application/octet-stream",
            "text/html; charset=iso-8859-1",
            "application/vnd.api+json");
    private static final String TEXT = "abcXYZ019 \t\"\\/<>&%+;,={}|\u007f\u0000\n\u00e4\u00ff\u0100\u20ac\u2028\ufffd";

    private final EventDecoder decoder = new EventDecoder();
    private final ResultEncoder encoder = new ResultEncoder();

    @Test
    void whatTheyWriteTheDecoderReads() throws IOException {
        Random random = new Random(20_261_123);
        for (int i = 0; i < ROUNDS; i++) {
            APIGatewayV2HTTPEvent event = event(random);
            byte[] json = Events.MAPPER.writeValueAsBytes(event);
            HttpCall call = (HttpCall) decoder.decode(new ByteArrayInputStream(json));
            assertSame(event, call);
        }
    }

    private static void assertSame(APIGatewayV2HTTPEvent event, HttpCall call) throws IOException {
        Request request = call.request();
        assertThat(call.wellFormed()).isTrue();
        assertThat(call.id()).isEqualTo(event.getRequestContext().getRequestId());
        assertThat(call.client().ip())
                .isEqualTo(event.getRequestContext().getHttp().getSourceIp());
        assertThat(request.method())
                .isEqualTo(event.getRequestContext().getHttp().getMethod());
        assertThat(request.target().path()).isEqualTo(event.getRawPath());
        String query = request.target().query();
        assertThat(query == null ? "" : query).isEqualTo(event.getRawQueryString());
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, new String(value.getBytes(ISO_8859_1), UTF_8)));
        Map<String, String> expected = new LinkedHashMap<>(event.getHeaders());
        if (event.getCookies() != null) {
            expected.put("cookie", String.join("; ", event.getCookies()));
        }
        assertThat(headers).isEqualTo(expected);
        byte[] body = request.body().bytes(100_000, Failure.INTERNAL);
        String text = event.getBody() == null ? "" : event.getBody();
        assertThat(body)
                .isEqualTo(event.getIsBase64Encoded() ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8));
    }

    @Test
    void whatTheEncoderWritesTheyRead() throws IOException {
        Random random = new Random(25);
        for (int i = 0; i < ROUNDS; i++) {
            Response response = response(random);
            byte[] body = response.body().bytes(100_000, Failure.INTERNAL);
            Result result = encoder.encode(response, Exchanges.get("/"));
            APIGatewayV2HTTPResponse read =
                    Events.MAPPER.readValue(Events.bytes(result), APIGatewayV2HTTPResponse.class);
            assertThat(read.getStatusCode()).isEqualTo(response.status()).isEqualTo(result.status());
            assertThat(
                            read.getIsBase64Encoded()
                                    ? Base64.getDecoder().decode(read.getBody())
                                    : read.getBody().getBytes(UTF_8))
                    .isEqualTo(body)
                    .hasSize((int) result.bodyBytes());
            assertThat(read.getCookies()).isEqualTo(response.headers().all("set-cookie"));
            assertThat(read.getHeaders()).isEqualTo(joined(response.headers()));
        }
    }

    private static Map<String, String> joined(Headers headers) {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("set-cookie")) {
                joined.merge(
                        name.toLowerCase(Locale.ROOT),
                        new String(value.getBytes(ISO_8859_1), UTF_8),
                        (a, b) -> a + ", " + b);
            }
        });
        return joined;
    }

    private static APIGatewayV2HTTPEvent event(Random random) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", "abc.lambda-url.eu-west-1.on.aws");
        for (int i = random.nextInt(12); i > 0; i--) {
            headers.put("x-" + random.nextInt(100), fieldText(random));
        }
        boolean base64 = random.nextBoolean();
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        String body = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "";
            default -> base64 ? Base64.getEncoder().encodeToString(bytes) : text(random, TEXT, 100);
        };
        List<String> cookies = null;
        if (random.nextInt(3) == 0) {
            cookies = List.of("a=" + random.nextInt(), "b=" + random.nextInt());
        }
        String path = "/" + text(random, "abc/%20.~-_", 20);
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey("$default")
                .withRawPath(path)
                .withRawQueryString(text(random, "abc=&%20+|{}\"", 20))
                .withHeaders(headers)
                .withCookies(cookies)
                .withBody(body)
                .withIsBase64Encoded(base64)
                .withRequestContext(RequestContext.builder()
                        .withAccountId("anonymous")
                        .withRequestId("id-" + random.nextInt(1_000_000))
                        .withTimeEpoch(random.nextLong())
                        .withHttp(RequestContext.Http.builder()
                                .withMethod(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                                        .get(random.nextInt(7)))
                                .withPath(path)
                                .withProtocol("HTTP/1.1")
                                .withSourceIp(random.nextBoolean() ? "203.0.113." + random.nextInt(256) : "2001:db8::7")
                                .build())
                        .build())
                .build();
    }

    private static Response response(Random random) {
        Headers.Builder headers = Headers.builder();
        for (int i = random.nextInt(12); i > 0; i--) {
            String name = (random.nextBoolean() ? "X-" : "x-") + random.nextInt(8);
            headers.add(name, new String(fieldText(random).getBytes(UTF_8), ISO_8859_1));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add("Set-Cookie", "c" + i + "=" + random.nextInt() + "; Path=/");
        }
        if (random.nextInt(5) > 0) {
            headers.add("Content-Type", TYPES.get(random.nextInt(TYPES.size())));
        }
        if (random.nextInt(5) == 0) {
            headers.add("Content-Encoding", "br");
        }
        byte[] bytes = text(random, TEXT, 200).getBytes(UTF_8);
        if (random.nextInt(3) == 0) {
            random.nextBytes(bytes);
        }
        Body body = random.nextBoolean() ? Body.of(bytes) : Body.of(bytes.clone());
        return new Response(200 + random.nextInt(400), headers.build(), body);
    }

    /** Visible text without a trailing escape of ISO 8859-1: UTF-8 throughout, as a header of an event can have it. */
    private static String fieldText(Random random) {
        return text(random, "abcXYZ019 \t\"\\,;=\u00e4\u00ff\u0100\u20ac\u4e2d", 30);
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        List<Integer> points = new ArrayList<>();
        alphabet.codePoints().forEach(points::add);
        for (int i = random.nextInt(most); i > 0; i--) {
            text.appendCodePoint(points.get(random.nextInt(points.size())));
        }
        return text.toString();
    }
}
