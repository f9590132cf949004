package multicloud.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.Rewrite;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamPathTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/{id},,/v1/42,/v1/42",
        "/v1/{id},,/v1/4%20%7C|/,/v1/4%20%7C|/",
        "/api/{.+},,/api/a/b,/a/b",
        "/api/{.+},,/api/a%20b/,/a%20b/",
        "/api/{.+},,/api,/",
        "/api/{.+},,/api/,/",
        "/t/{id}/{rest+},,/t/7/x/y,/x/y",
        "/{rest+},,/,/",
        "/{rest+},,/x,/x",
        "/v1/{id},/internal/{id},/v1/a%2Bb,/internal/a%2Bb",
        "/v1/{id}/{x},/{x}/of-{id}.json,/v1/1/2,/2/of-1.json",
        "/v1/{rest+},/new/{rest},/v1/a/b/,/new/a/b/",
        "/v1/{rest+},/new/{rest+},/v1,/new/",
        "/v1/{.+},/new/{.+},/v1/a,/new/a",
        "/v1,/fixed,/v1/,/fixed"
    })
    void theUpstreamsPathIsMadeOfTheClientsOwnBytes(String pattern, String rewrite, String path, String expected)
            throws Exception {
        assertThat(of(pattern, rewrite, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/v1/{rest+},/a/{rest}/b,/v1", "/v1/{rest+},/a/.{rest},/v1", "/v1/{id}/{rest+},/a/.{rest}/b,/v1/1"})
    void aRewriteThatCouldBeReadInTwoWaysIsRefused(String pattern, String rewrite, String path) {
        assertThatThrownBy(() -> of(pattern, rewrite, path)).isInstanceOf(AmbiguousPath.class);
    }

    private static String of(String pattern, String rewrite, String path) throws Exception {
        PathPattern parsed = PathPattern.parse(pattern);
        return UpstreamPath.of(parsed, rewrite == null ? null : Rewrite.parse(rewrite, parsed))
                .of(RequestPath.parse(path));
    }
}
