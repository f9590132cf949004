package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.Headers;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {
    private static final String[] WRITTEN = {
        "x-forwarded-for", "203.0.113.9",
        "x-forwarded-host", "api.example.com",
        "x-forwarded-proto", "https",
        "x-forwarded-port", "443",
        "cdn-loop", "multicloud-gateway",
        "x-request-id", "id-1"
    };

    @Test
    void endToEndFieldsPassAsTheyCameAndTheGatewayWritesItsOwn() {
        assertThat(sent("Accept", "a", "X-Thing", "1", "X-Thing", "2", "Cookie", "a=b", "Authorization", "Bearer t"))
                .isEqualTo(with(
                        "Accept", "a", "X-Thing", "1", "X-Thing", "2", "Cookie", "a=b", "Authorization", "Bearer t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Port",
                "X-Forwarded-Prefix",
                "X-Forwarded-Anything",
                "x_forwarded_for",
                "X_Forwarded-Host",
                "Forwarded",
                "X-Real-IP",
                "x_real_ip",
                "X-Request-Id",
                "x_request_id",
                "Host",
                "Content-Length",
                "Expect",
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "HTTP2-Settings"
            })
    void whatAClientMayNotSayStaysBehind(String name) {
        assertThat(sent(name, "spoofed")).isEqualTo(with());
    }

    @Test
    void fieldsThatConnectionNamesStayBehindButTheGatewaysOwnAreWritten() {
        assertThat(sent(
                        "Connection",
                        "close, X-Internal , x-forwarded-for",
                        "connection",
                        "cdn-loop",
                        "X-Internal",
                        "1"))
                .isEqualTo(with());
    }

    @Test
    void aFieldThatConnectionNamesStaysBehindInEitherSpelling() {
        assertThat(sent("Connection", "x_secret, x-other", "x_secret", "1", "X-Secret", "2", "X_Other", "3"))
                .isEqualTo(with());
    }

    @Test
    void theLoopFieldGrowsAndCannotBeHiddenByConnection() {
        Headers sent = ForwardedHeaders.toUpstream(Exchanges.get(
                "/", "CDN-Loop", "other; v=1", "Connection", "cdn-loop", "cdn-loop", "multicloud-gateway"));
        assertThat(sent.all("cdn-loop")).containsExactly("other; v=1,multicloud-gateway, multicloud-gateway");
    }

    @Test
    void anAnswersHopByHopFieldsAndAmazonsOwnStayBehind() {
        Headers answered = Headers.of(
                "Content-Type", "text/plain",
                "Content-Length", "3",
                "Transfer-Encoding", "chunked",
                "Connection", "X-Hop",
                "X-Hop", "1",
                "Keep-Alive", "timeout=5",
                "X-Amzn-RequestId", "r",
                "x-amzn-remapped-date", "d",
                "Set-Cookie", "a=1",
                "Set-Cookie", "b=2",
                "Content-Encoding", "gzip");
        assertThat(ForwardedHeaders.toClient(answered, false))
                .isEqualTo(Headers.of(
                        "Content-Type",
                        "text/plain",
                        "Set-Cookie",
                        "a=1",
                        "Set-Cookie",
                        "b=2",
                        "Content-Encoding",
                        "gzip"));
        assertThat(ForwardedHeaders.toClient(answered, true).first("content-length"))
                .isEqualTo("3");
    }

    private static List<String> sent(String... fields) {
        return list(ForwardedHeaders.toUpstream(Exchanges.get("/", fields)));
    }

    private static List<String> with(String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of(WRITTEN));
        return all;
    }

    private static List<String> list(Headers headers) {
        List<String> fields = new ArrayList<>();
        headers.forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        return fields;
    }
}
