package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
    private final Exchange exchange = Exchange.begin(
            new Request("GET", RequestTarget.parse("/x?secret=1"), Headers.empty(), Body.absent()),
            "id-1",
            new Client("203.0.113.9", "https", null, 443),
            Deadline.after(Duration.ofSeconds(1), () -> 0));

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyAnswerIsJsonWithTheRequestsId(Failure failure) throws IOException {
        Response response = Answers.of(failure, exchange);
        assertThat(response.status()).isEqualTo(failure.status()).isBetween(400, 599);
        assertThat(response.headers().first("content-type")).isEqualTo("application/json");
        assertThat(response.headers().first("x-request-id")).isEqualTo("id-1");
        assertThat(body(response))
                .startsWith(failure.isRefusedByAuth() ? "{\"error\":\"" : "{\"message\":\"")
                .endsWith("}")
                .doesNotContain("secret");
        assertThat(exchange.notes().code()).isEqualTo(failure.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_ROUTE|{\"message\":\"No match found.\"}",
                "INTERNAL|{\"message\":\"Internal server error\"}",
                "TOKEN_EXPIRED|{\"error\":\"Token has expired.\",\"code\":\"ERR_JWT_EXPIRED\"}",
                "NO_CONFIG|{\"message\":\"API configuration is missing or invalid.\"}",
                "UPSTREAM_TIMEOUT|{\"message\":\"The upstream did not answer in time.\",\"code\":\"upstream_timeout\",\"request_id\":\"id-1\"}"
            })
    void theBodiesAreTheDocumentedOnes(Failure failure, String json) throws IOException {
        assertThat(body(Answers.of(failure, exchange))).isEqualTo(json);
    }

    @Test
    void anAnswerInsteadOfAnotherKeepsWhatThatSaidAboutCors() {
        Headers said = Headers.of(
                "Vary", "Origin", "Access-Control-Allow-Origin", "https://a.example", "content-type", "text/plain");
        Response response =
                Answers.insteadOf(new Response(200, said, Body.empty()), Failure.RESPONSE_TOO_LARGE, exchange);
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.headers().first("vary")).isEqualTo("Origin");
        assertThat(response.headers().first("access-control-allow-origin")).isEqualTo("https://a.example");
        assertThat(response.headers().all("content-type")).containsExactly("application/json");
    }

    private static String body(Response response) throws IOException {
        return new String(response.body().bytes(1000, Failure.RESPONSE_TOO_LARGE), StandardCharsets.UTF_8);
    }
}
