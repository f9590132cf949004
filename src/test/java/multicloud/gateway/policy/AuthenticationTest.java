package multicloud.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {
    private final List<Exchange> admitted = new ArrayList<>();
    private final Exchange exchange = Exchanges.get("/");

    private Response ask(Authorizer authorizer, List<String> scopes, Map<String, List<String>> claims) {
        return new Authentication(authorizer, new AuthConfig("default", scopes, claims))
                .around(next -> {
                    admitted.add(next);
                    return new Response(200, Headers.empty(), Body.absent());
                })
                .handle(exchange);
    }

    private static Authorizer knowing(Set<String> scopes, Map<String, Object> claims) {
        Verdict verdict = new Verdict.Accepted(new Identity("default", "issuer", "u1", scopes, claims));
        return new Authorizer() {
            @Override
            public Verdict authorize(Exchange exchange) {
                return verdict;
            }

            @Override
            public String insufficientScope(List<String> needed) {
                return "Scheme scope=\"" + String.join(" ", needed) + "\"";
            }
        };
    }

    private static String body(Response response) throws Exception {
        return new String(response.body().bytes(1000, Failure.RESPONSE_TOO_LARGE), UTF_8);
    }

    @Test
    void whoIsKnownIsLetInWithAnIdentity() {
        assertThat(ask(knowing(Set.of(), Map.of()), List.of(), Map.of()).status())
                .isEqualTo(200);
        assertThat(admitted.getFirst().identity().subject()).isEqualTo("u1");
        assertThat(exchange.identity()).isNull();
        assertThat(exchange.notes().identity().subject()).isEqualTo("u1");
    }

    @Test
    void whoIsNotIsToldWhyAndAskedForAToken() throws Exception {
        Authorizer authorizer =
                exchange -> new Verdict.Refused(Failure.TOKEN_EXPIRED, "Bearer error=\"invalid_token\"");
        Response response = ask(authorizer, List.of("a"), Map.of());
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers().all("www-authenticate")).containsExactly("Bearer error=\"invalid_token\"");
        assertThat(body(response)).isEqualTo("{\"error\":\"Token has expired.\",\"code\":\"ERR_JWT_EXPIRED\"}");
        assertThat(exchange.notes().code()).isEqualTo("ERR_JWT_EXPIRED");
        assertThat(exchange.notes().identity()).isNull();
        assertThat(admitted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a b, a, true",
                "a b, a b, true",
                "a, a b, false",
                "-, a, false",
                "A, a, false",
                "a b, 'a ', true",
                "ab, a b, false"
            })
    void allScopesAreNeeded(String had, String needed, boolean let) throws Exception {
        Set<String> scopes = had == null ? Set.of() : Set.of(had.split(" "));
        Response response = ask(knowing(scopes, Map.of()), List.of(needed.split(" ")), Map.of());
        assertThat(response.status()).isEqualTo(let ? 200 : 403);
        if (!let) {
            assertThat(response.headers().first("www-authenticate")).isEqualTo("Scheme scope=\"" + needed + "\"");
            assertThat(body(response)).contains("\"error\":", "\"code\":\"insufficient_scope\"");
            assertThat(admitted).isEmpty();
        }
    }

    @Test
    void nobodyIsAskedForAScopeByASchemeThatCannotSaySo() {
        Authorizer keys = exchange -> new Verdict.Accepted(new Identity("default", null, "k", Set.of(), Map.of()));
        Response response = ask(keys, List.of("a"), Map.of());
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers().contains("www-authenticate")).isFalse();
    }

    @Test
    void ofEachClaimOneValueIsNeeded() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("tenant", "a");
        claims.put("roles", List.of("x", "y"));
        claims.put("level", 3L);
        claims.put("admin", true);
        claims.put("org", Map.of("id", "o1"));
        claims.put("nothing", null);
        claims.put("empty", List.of());
        assertThat(letIn(claims, Map.of("tenant", List.of("b", "a")))).isTrue();
        assertThat(letIn(claims, Map.of("roles", List.of("y")))).isTrue();
        assertThat(letIn(claims, Map.of("level", List.of("3"), "admin", List.of("true"))))
                .isTrue();
        assertThat(letIn(claims, Map.of("org.id", List.of("o1")))).isTrue();
        assertThat(letIn(claims, Map.of("tenant", List.of("A")))).isFalse();
        assertThat(letIn(claims, Map.of("tenant", List.of("a"), "roles", List.of("z"))))
                .isFalse();
        assertThat(letIn(claims, Map.of("roles", List.of("x,y")))).isFalse();
        assertThat(letIn(claims, Map.of("org", List.of("o1", "{id=o1}")))).isFalse();
        assertThat(letIn(claims, Map.of("nothing", List.of("null", "")))).isFalse();
        assertThat(letIn(claims, Map.of("empty", List.of("")))).isFalse();
        assertThat(letIn(claims, Map.of("missing", List.of("")))).isFalse();
    }

    private boolean letIn(Map<String, Object> had, Map<String, List<String>> needed) {
        admitted.clear();
        Response response = ask(knowing(Set.of(), had), List.of(), needed);
        assertThat(response.status()).isEqualTo(admitted.isEmpty() ? 403 : 200);
        if (admitted.isEmpty()) {
            assertThat(exchange.notes().code()).isEqualTo("claim_mismatch");
            assertThat(response.headers().contains("www-authenticate")).isFalse();
        }
        return !admitted.isEmpty();
    }

    @Test
    void scopesAreAskedForBeforeClaims() {
        ask(knowing(Set.of(), Map.of()), List.of("a"), Map.of("tenant", List.of("a")));
        assertThat(exchange.notes().code()).isEqualTo("insufficient_scope");
    }
}
