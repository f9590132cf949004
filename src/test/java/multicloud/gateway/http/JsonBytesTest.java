package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBytesTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static String text(JsonBytes json) {
        return new String(json.bytes(), 0, json.length(), UTF_8);
    }

    @Test
    void commasStandWhereTheyBelong() {
        JsonBytes json = new JsonBytes(0, 1000)
                .object()
                .name("a")
                .value(1)
                .name("b")
                .array()
                .value(true)
                .value((String) null)
                .object()
                .endObject()
                .endArray()
                .name("c")
                .array()
                .endArray()
                .name("d")
                .millis(12_034_567)
                .name("e")
                .plain("YQ==".getBytes(UTF_8))
                .endObject()
                .endLine();
        assertThat(text(json)).isEqualTo("{\"a\":1,\"b\":[true,null,{}],\"c\":[],\"d\":12.034,\"e\":\"YQ==\"}\n");
    }

    @Test
    void anyTextComesBackAsItWas() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            String text = random.ints(random.nextInt(i % 10 == 0 ? 3000 : 40), 0, 0x11000)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .map(point -> random.nextInt(3) == 0 ? point : point % 0x90)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            JsonNode read = JACKSON.readTree(text(new JsonBytes(8, 100_000)
                    .array()
                    .value(text)
                    .utf8(text.getBytes(UTF_8))
                    .endArray()));
            assertThat(read.get(0).asText()).isEqualTo(text);
            assertThat(read.get(1).asText()).isEqualTo(text);
        }
    }

    @Test
    void halfACharacterIsNoneOfUtf8() {
        assertThat(text(new JsonBytes(8, 100).value("a\ud83d"))).isEqualTo("\"a?\"");
        assertThat(text(new JsonBytes(8, 100).value("\ude00b"))).isEqualTo("\"?b\"");
        assertThat(text(new JsonBytes(8, 100).value("\ud83d\ude00"))).isEqualTo("\"\ud83d\ude00\"");
    }

    @Test
    void millisecondsHaveThreeDecimals() {
        assertThat(text(new JsonBytes(8, 100).millis(0))).isEqualTo("0.000");
        assertThat(text(new JsonBytes(8, 100).millis(7_008_999))).isEqualTo("7.008");
        assertThat(text(new JsonBytes(8, 100).millis(123_450_000_000L))).isEqualTo("123450.000");
    }

    @Test
    void aTextThatIsTooLongSaysSo() {
        assertThat(new JsonBytes(8, 100).value("a".repeat(98)).isOverflown()).isFalse();
        assertThat(new JsonBytes(8, 100).value("a".repeat(99)).isOverflown()).isTrue();
        assertThat(new JsonBytes(8, 100).utf8(new byte[99]).isOverflown()).isTrue();
        assertThat(new JsonBytes(200, 100).utf8("a".repeat(98).getBytes(UTF_8)).length())
                .isEqualTo(100);
    }
}
