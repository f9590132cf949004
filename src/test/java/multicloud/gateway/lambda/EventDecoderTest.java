package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static multicloud.gateway.lambda.Events.context;
import static multicloud.gateway.lambda.Events.event;
import static multicloud.gateway.lambda.Events.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.lambda.LambdaEvent.HttpCall;
import multicloud.gateway.lambda.LambdaEvent.WarmUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private final EventDecoder decoder = new EventDecoder();

    @Test
    void readsTheRawPathAndQueryAndNotTheirDecodedTwins() throws IOException {
        ObjectNode event = event("GET", "/a%20b/%7Bc%7D", "a=1&b=2&a=3&flag=&x=%20+|{}");
        event.putObject("queryStringParameters").put("a", "1,3");
        ((ObjectNode) context(event).get("http")).put("path", "/a b/{c}");
        assertThat(call(event).request().target())
                .isEqualTo(new RequestTarget("/a%20b/%7Bc%7D", "a=1&b=2&a=3&flag=&x=%20+|{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void anEmptyQueryIsNone(String query) throws IOException {
        ObjectNode event = event("GET", "/", "");
        if (query.equals("null")) {
            event.putNull("rawQueryString");
        }
        assertThat(call(event).request().target().query()).isNull();
    }

    @Test
    void theOrderOfTheKeysDoesNotMatter() throws IOException {
        ObjectNode event = (ObjectNode) Events.MAPPER.readTree(Events.sample("post-binary"));
        event.putArray("cookies").add("a=1").add("b=2");
        HttpCall first = call(event);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            HttpCall shuffled = call(shuffled(event, random));
            assertThat(shuffled.id()).isEqualTo(first.id());
            assertThat(shuffled.client()).isEqualTo(first.client());
            assertThat(shuffled.request().target()).isEqualTo(first.request().target());
            assertThat(byName(shuffled.request().headers()))
                    .isEqualTo(byName(first.request().headers()));
            assertThat(bytes(shuffled)).isEqualTo(bytes(first));
        }
    }

    @Test
    void cookiesAreReadOnce() throws IOException {
        ObjectNode event = event("GET", "/", "");
        event.putArray("cookies").add("a=1").add("b=2");
        assertThat(call(event).request().headers().all("cookie")).containsExactly("a=1; b=2");
        headers(event).put("cookie", "a=1; b=2; c=3");
        assertThat(call(event).request().headers().all("cookie")).containsExactly("a=1; b=2; c=3");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null,  null, absent",
                "'',    null, absent",
                "'',    0,    empty",
                "null,  5,    empty",
                "hello, null, hello",
                "hello, 5,    hello"
            })
    void anEmptyBodyIsToldFromNoneByItsLength(String body, String length, String read) throws IOException {
        ObjectNode event = event("GET", "/", "").put("body", body);
        if (length != null) {
            headers(event).put("content-length", length);
        }
        Body content = call(event).request().body();
        switch (read) {
            case "absent" -> assertThat(content.isAbsent()).isTrue();
            case "empty" -> {
                assertThat(content.isAbsent()).isFalse();
                assertThat(content.length()).isZero();
            }
            default -> assertThat(content.bytes(100, Failure.INTERNAL)).isEqualTo(read.getBytes(UTF_8));
        }
    }

    @Test
    void isBase64EncodedDecidesHowTheBodyIsRead() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        String base64 = Base64.getEncoder().encodeToString(bytes);
        ObjectNode event = event("POST", "/", "").put("body", base64);
        headers(event).put("content-type", "application/octet-stream");
        assertThat(bytes(call(event))).isEqualTo(base64.getBytes(UTF_8));
        assertThat(bytes(call(event.put("isBase64Encoded", true)))).isEqualTo(bytes);
    }

    @Test
    void aTextBodyIsItsUtf8() throws IOException {
        String text = "Käse \u20ac \ud83e\uddc0 \u0000 \u2028";
        assertThat(bytes(call(event("POST", "/", "").put("body", text)))).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "YQ=a", "Y", "a\nb"})
    void brokenBase64IsAMalformedRequest(String body) throws IOException {
        HttpCall call = call(event("POST", "/", "").put("body", body).put("isBase64Encoded", true));
        assertThat(call.wellFormed()).isFalse();
        assertThat(call.request().body().isAbsent()).isTrue();
    }

    @Test
    void halfACharacterIsAMalformedRequest() throws IOException {
        String json = event("POST", "/", "").put("body", "HALF").toString();
        assertThat(call(json.replace("HALF", "x\\ud83ey")).wellFormed()).isFalse();
        assertThat(call(json.replace("gateway.example.com", "\\udc00")).wellFormed())
                .isFalse();
    }

    @Test
    void textOutsideAsciiInAHeaderIsItsUtf8() throws IOException {
        ObjectNode event = event("GET", "/", "");
        headers(event).put("x-name", "Käse für 3\u20ac");
        assertThat(call(event).request().headers().first("x-name"))
                .isEqualTo(new String("Käse für 3\u20ac".getBytes(UTF_8), ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "x-a,'a\r\nb: c'",
        "x-a,'a\nb'",
        "x-a,'a\0b'",
        "x-a,'a\u007fb'",
        "'x a',b",
        "'x\n',b",
        "'',b",
        "'x:',b",
        "x\u00e9,b"
    })
    void whatNoHeaderMayHoldIsAMalformedRequest(String name, String value) throws IOException {
        ObjectNode event = event("GET", "/", "");
        headers(event).put(name, value);
        HttpCall call = call(event);
        assertThat(call.wellFormed()).isFalse();
        assertThat(call.request().headers().size()).isOne();
        assertThat(call.id()).isEqualTo("id-1");
    }

    @Test
    void aTabMayStandInAHeader() throws IOException {
        ObjectNode event = event("GET", "/", "");
        headers(event).put("x-a", "a\tb");
        assertThat(call(event).wellFormed()).isTrue();
    }

    @Test
    void theClientIsThePeerAndTheHostItAskedFor() throws IOException {
        ObjectNode event = event("GET", "/", "");
        headers(event).put("x-forwarded-for", "6.6.6.6").put("x-forwarded-proto", "http");
        headers(event).put("x-forwarded-port", "8080");
        assertThat(call(event).client()).isEqualTo(new Client("203.0.113.7", "http", "gateway.example.com", 8080));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "8o", "123456", "٤٤٣"})
    void whatIsMissingOrNonsenseIsHttpsOnItsOwnPortAtTheDomain(String port) throws IOException {
        ObjectNode event = event("GET", "/", "");
        event.putObject("headers").put("x-forwarded-proto", "gopher").put("x-forwarded-port", port);
        assertThat(call(event).client()).isEqualTo(new Client("203.0.113.7", "https", "domain.example.com", 443));
    }

    @Test
    void anAddressThatIsNoneIsUnknown() throws IOException {
        ObjectNode event = event("GET", "/", "");
        event.putObject("headers");
        context(event).put("domainName", "a\r\nb: c");
        ((ObjectNode) context(event).get("http")).put("sourceIp", "1.2.3.4\r\nx: y");
        assertThat(call(event).client()).isEqualTo(new Client("unknown", "https", null, 443));
        ((ObjectNode) context(event).get("http")).put("sourceIp", "2001:db8::Ff");
        assertThat(call(event).client().ip()).isEqualTo("2001:db8::Ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a\r\nb", "é", "a/b", "a,b"})
    void anIdThatIsUnsafeIsReplaced(String id) throws IOException {
        ObjectNode event = event("GET", "/", "");
        context(event).put("requestId", id);
        assertThat(call(event).id()).matches("[0-9a-f-]{36}");
        context(event).put("requestId", "x".repeat(129));
        assertThat(call(event).id()).matches("[0-9a-f-]{36}");
        context(event).put("requestId", "AZaz09-_.:=");
        assertThat(call(event).id()).isEqualTo("AZaz09-_.:=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}",
                "{\"version\":\"0\",\"detail\":\"{}\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.scheduler\"}",
                "{\"source\":\"aws.scheduler\"}"
            })
    void aScheduleKeepsWarm(String event) throws IOException {
        assertThat(decode(event)).isInstanceOf(WarmUp.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Records\":[{\"body\":\"s3cret\"}]} | [Records] | records of SQS",
                "{\"httpMethod\":\"GET\",\"path\":\"s3cret\",\"requestContext\":{\"elb\":{}}} | [httpMethod, path, requestContext] | Load Balancer",
                "{\"version\":\"1.0\",\"httpMethod\":\"GET\",\"path\":\"s3cret\"} | [version, httpMethod, path] | payload format 1.0",
                "{\"source\":\"aws.s3\",\"detail-type\":\"s3cret\"} | [source, detail-type] | EventBridge",
                "{\"version\":\"2.0\",\"rawPath\":\"/s3cret\"} | [version, rawPath] | requestContext.http",
                "{} | [] | version, rawPath and requestContext.http"
            })
    void anotherEventIsRefusedWithTheNamesOfItsKeys(String event, String keys, String hint) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> decode(event))
                .withMessageContaining("payload format 2.0")
                .withMessageContaining(keys)
                .withMessageContaining(hint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | 1",
                "'[]' | 1 | 1",
                "'null' | 1 | 1",
                "'{\"version\":\"2.0\"' | 1 | 17",
                "'{\"s3cret\":s3cret}' | 1 | 11",
                "'{} {}' | 1 | 4"
            })
    void whatIsNoJsonObjectIsRefusedWithItsPlaceAndWithoutItsText(String event, int line, int column) {
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> decode(event))
                .withMessageContaining("no JSON object, at line " + line + " column ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\0\0\0\0\0\"U:r", "\0\1\0\0\0\0\0\0"})
    void whatLooksLikeUtf32AndIsNoneIsRefused(String text) {
        byte[] event = text.getBytes(US_ASCII);
        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> new EventDecoder().decode(new ByteArrayInputStream(event)))
                .withMessageContaining("no JSON object");
    }

    @Test
    void aHundredThousandHeadersWithLongNamesAreReadForTheLimitsToRefuse() throws IOException {
        ObjectNode event = event("GET", "/", "");
        headers(event).put("x".repeat(200_000), "1");
        for (int i = 0; i < 20_000; i++) {
            headers(event).put("x-" + i, "1");
        }
        assertThat(call(event).request().headers().size()).isEqualTo(20_002);
    }

    private HttpCall call(JsonNode event) throws IOException {
        return call(event.toString());
    }

    private HttpCall call(String event) throws IOException {
        return (HttpCall) decode(event);
    }

    private LambdaEvent decode(String event) throws IOException {
        return decoder.decode(new ByteArrayInputStream(event.getBytes(UTF_8)));
    }

    private static byte[] bytes(HttpCall call) throws IOException {
        Request request = call.request();
        return request.body().bytes(10_000, Failure.INTERNAL);
    }

    private static List<String> byName(Headers headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + ": " + value));
        Collections.sort(lines);
        return lines;
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
        Collections.shuffle(fields, random);
        ObjectNode other = Events.MAPPER.createObjectNode();
        fields.forEach(field -> other.set(field.getKey(), shuffled(field.getValue(), random)));
        return other;
    }
}
