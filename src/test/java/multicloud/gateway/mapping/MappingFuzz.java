package multicloud.gateway.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Query;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.testing.Exchanges;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is written as a mapping's value, and whatever a request brings for it: a document that is accepted is carried out, and
 * nothing gets into a field or a query that is more than a value. An input has five lines: the value, the path, the query, a
 * header's value, and the rest of it is a claim.
 */
public final class MappingFuzz {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LINES = 5;

    /** An input that reads one of the forged fields on purpose, or brings the same text itself. */
    private static final Pattern FORGEABLE = Pattern.compile("x[-_](user|gone)|forged", Pattern.CASE_INSENSITIVE);

    private MappingFuzz() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) throws AmbiguousPath {
        String[] lines = new String(input, ISO_8859_1).split("\n", LINES);
        if (lines.length < LINES) {
            return;
        }
        String value = new String(lines[0].getBytes(ISO_8859_1), UTF_8);
        Reading reading = ConfigReader.read(document(value).getBytes(UTF_8), References.UNRESOLVED);
        if (reading instanceof Reading.Accepted accepted) {
            PathConfig path = accepted.config().paths().getFirst();
            Exchange exchange = exchange(lines);
            checkHeaders(
                    path, exchange, FORGEABLE.matcher(String.join("\n", lines)).find());
            checkQuery(path, exchange);
        }
    }

    private static String document(String value) {
        String text = JSON.writeValueAsString(value);
        return """
               {"variables": {"token": "t0", "a.b": "dotted"},
                "authorizer": {"type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "0123456789abcdef0123456789abcdef"},
                "servers": [{"alias": "s", "url": "http://localhost"}],
                "paths": [{"method": "GET", "path": "/v1/{id}/{rest+}", "auth": true, "integration": {"type": "http", "server": "s"},
                           "mapping": {"headers": {"x-user": %s, "x-gone": null}, "query": {"user": %s, "gone": null}}}]}
               """.formatted(text, text);
    }

    private static Exchange exchange(String[] lines) throws AmbiguousPath {
        String target = (isPath(lines[1]) ? lines[1] : "/v1/1/a") + (lines[2].isEmpty() ? "" : "?" + lines[2]);
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", new String(lines[4].getBytes(ISO_8859_1), UTF_8));
        claims.put("list", List.of(lines[4], 1L, true));
        claims.put("org", Map.of("id", lines[4]));
        Exchange exchange = Exchanges.get(
                target,
                "x-first",
                "1",
                "X_User",
                "forged",
                "x-in",
                FieldText.isValue(lines[3]) ? lines[3] : "in",
                "x-user",
                "forged",
                "x-gone",
                "forged",
                "x-last",
                "1");
        return exchange.withPath(RequestPath.parse(exchange.request().target().path()))
                .withIdentity(new Identity("default", "i", lines[4], Set.of(), claims));
    }

    private static boolean isPath(String text) {
        try {
            return RequestPath.parse(text).count() >= 2;
        } catch (AmbiguousPath refused) {
            return false;
        }
    }

    private static void checkHeaders(PathConfig path, Exchange exchange, boolean forgeable) {
        Headers before = exchange.request().headers();
        Headers headers = HeaderMapping.of(
                        path.policies().mapping().headers(), path.route().pattern())
                .apply(before, exchange);
        List<String> names = new ArrayList<>();
        headers.forEach((name, value) -> {
            names.add(name);
            assertThat(value.chars()).as(name).noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f || c > 0xff);
        });
        assertThat(names).isIn(List.of("x-first", "x-in", "x-last"), List.of("x-first", "x-in", "x-last", "x-user"));
        assertThat(headers.first("x-in")).isEqualTo(before.first("x-in"));
        assertThat(headers.all("x-user")).matches(values -> forgeable || !values.contains("forged"));
    }

    private static void checkQuery(PathConfig path, Exchange exchange) {
        String raw = exchange.request().target().query();
        String query = QueryMapping.of(
                        path.policies().mapping().query(), path.route().pattern())
                .apply(raw, exchange);
        List<String> values = Query.values(query, "user");
        assertThat(values).hasSizeLessThanOrEqualTo(1);
        assertThat(Query.values(query, "gone")).isEmpty();
        String others = Query.without(raw, List.of("user", "gone"));
        if (values.isEmpty()) {
            assertThat(query == null ? "" : query).isEqualTo(others);
            return;
        }
        assertThat(query).startsWith(others);
        String appended = query.substring(others.length());
        assertThat(appended.chars()).allMatch(c -> c > ' ' && c < 0x7f && c != '#');
        assertThat(appended.substring(1)).doesNotContain("&");
    }
}
