package multicloud.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsTest {
    private static int status(String method, String target, String... headers) {
        return new RequestLimits()
                .around(exchange -> new Response(200, Headers.empty(), Body.empty()))
                .handle(Exchanges.exchange(method, target, Body.absent(), headers))
                .status();
    }

    @Test
    void aPathMayHave8KilobytesAndAQuery16() {
        assertThat(status("GET", "/" + "a".repeat(8191))).isEqualTo(200);
        assertThat(status("GET", "/" + "a".repeat(8192))).isEqualTo(414);
        assertThat(status("GET", "/?" + "a".repeat(16384))).isEqualTo(200);
        assertThat(status("GET", "/?" + "a".repeat(16385))).isEqualTo(414);
    }

    @Test
    void thereMayBe100HeadersOf64Kilobytes() {
        assertThat(status("GET", "/", fields(100))).isEqualTo(200);
        assertThat(status("GET", "/", fields(101))).isEqualTo(431);
        assertThat(status("GET", "/", "n", "v".repeat(64 * 1024 - 1))).isEqualTo(200);
        assertThat(status("GET", "/", "n", "v".repeat(64 * 1024))).isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?a b", "/?a#b", "/?caf\u00e9", "/?a\u0000", "/?a\r\nb"})
    void aQueryThatCouldBeReadInTwoWaysIsRefused(String target) {
        assertThat(status("GET", target)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?", "/?a|b{c}\"<>^`\\", "/?flag=&a=1&a=2&b", "/?%zz"})
    void aQueryMayHoldAnythingElse(String target) {
        assertThat(status("GET", target)).isEqualTo(200);
    }

    private static String[] fields(int count) {
        String[] fields = new String[2 * count];
        Arrays.fill(fields, "x");
        return fields;
    }
}
