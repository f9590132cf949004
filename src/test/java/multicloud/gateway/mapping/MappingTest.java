package multicloud.gateway.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
    private static final Map<String, Object> CLAIMS = new HashMap<>(Map.of(
            "sub",
            "u1",
            "roles",
            List.of("a", "b"),
            "name",
            "Zoë",
            "bad",
            "a\r\nx: y",
            "half",
            "u\ud800",
            "org",
            Map.of("id", "o1", "deep", Map.of("id", "d1"))));

    static {
        CLAIMS.putAll(Map.of("number", 3L, "flag", false, "list", List.of("a", 1L, true, 2.5), "emptylist", List.of()));
        CLAIMS.put("https://ns.example/role", "admin");
        CLAIMS.put("null", null);
    }

    private static PathConfig path(String mapping) {
        return path(mapping, References.UNRESOLVED);
    }

    private static PathConfig path(String mapping, References references) {
        String document = """
                {"variables": {"token": "t0", "a.b": "dotted", "empty": "", "secret": "$secret.KEY", "stage": "$env.STAGE"},
                 "authorizer": {"type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "0123456789abcdef0123456789abcdef"},
                 "servers": [{"alias": "s", "url": "http://localhost"}],
                 "paths": [{"method": "GET", "path": "/v1/{id}/{rest+}", "auth": true, "variables": {"own": "p"},
                            "integration": {"type": "http", "server": "s"}, "mapping": %s}]}""".formatted(mapping);
        return switch (ConfigReader.read(document.getBytes(UTF_8), references)) {
            case Reading.Accepted accepted -> accepted.config().paths().getFirst();
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static Exchange exchange(String target, String... headers) {
        return anonymous(target, headers).withIdentity(new Identity("default", "i", "u1", Set.of(), CLAIMS));
    }

    private static Exchange anonymous(String target, String... headers) {
        Exchange exchange = Exchanges.get(target, headers);
        try {
            return exchange.withPath(
                    RequestPath.parse(exchange.request().target().path()));
        } catch (AmbiguousPath e) {
            throw new AssertionError(e);
        }
    }

    private static Headers mapped(String headers, Exchange exchange) {
        PathConfig path = path("{\"headers\": " + headers + "}");
        return HeaderMapping.of(
                        path.policies().mapping().headers(), path.route().pattern())
                .apply(exchange.request().headers(), exchange);
    }

    private static HeaderChanges changes(String headers, Exchange exchange) {
        return changes(path("{\"headers\": " + headers + "}"), exchange);
    }

    private static HeaderChanges changes(PathConfig path, Exchange exchange) {
        return HeaderMapping.of(
                        path.policies().mapping().headers(), path.route().pattern())
                .changes(exchange);
    }

    private static String query(String query, String target) {
        PathConfig path = path("{\"query\": " + query + "}");
        Exchange exchange = exchange(target);
        return QueryMapping.of(path.policies().mapping().query(), path.route().pattern())
                .apply(exchange.request().target().query(), exchange);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain|plain",
                "''|''",
                "$request.header.x-in|in",
                "$request.header.X-IN|in",
                "$request.header.twice|a,b",
                "$request.query.q|first value",
                "$request.query.flag|''",
                "$request.path.id|4 2",
                "$request.path.rest|a/b",
                "$request.jwt.sub|u1",
                "$request.jwt.org.id|o1",
                "$request.jwt.roles|a,b",
                "$request.id|id-1",
                "$request.ip|203.0.113.9",
                "$request.method|GET",
                "$config.token|t0",
                "$config.a.b|dotted",
                "$config.own|p",
                "$config.empty|''",
                "Bearer ${config.token}|Bearer t0",
                "${request.method} ${request.path.id}!|GET 4 2!",
                "$$5 and $${x}|$5 and ${x}",
                "$${config.token}|${config.token}",
                "a}b{c|a}b{c"
            })
    void aValueIsWhatItSays(String value, String expected) {
        Exchange exchange =
                exchange("/v1/4%202/a/b?q=first+value&q=second&flag", "X-In", "in", "twice", "a", "Twice", "b");
        assertThat(mapped("{\"x-out\": \"" + value + "\"}", exchange).all("x-out"))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "$request.header.none",
        "$request.query.none",
        "$request.jwt.none",
        "$request.jwt.org",
        "a ${request.header.none} b ${config.token}"
    })
    void aValueThatComesToNothingRemovesWhatTheClientSent(String value) {
        Exchange exchange = exchange("/v1/1/a", "X-User", "forged", "x_user", "forged", "other", "kept");
        assertThat(mapped("{\"x-user\": \"" + value + "\"}", exchange)).isEqualTo(Headers.of("other", "kept"));
    }

    @Test
    void whatAValueBringsIsNeverExpandedAgain() {
        Exchange exchange = exchange("/v1/1/a", "x-in", "${config.token} $request.jwt.sub");
        assertThat(mapped("{\"x-out\": \"$request.header.x-in\"}", exchange).first("x-out"))
                .isEqualTo("${config.token} $request.jwt.sub");
    }

    @Test
    void aFieldIsRemovedInEverySpellingAndThenSet() {
        Exchange exchange = exchange("/v1/1/a", "X_USER", "forged", "x-uSer", "forged", "x-b", "1");
        assertThat(mapped("{\"x-user\": \"$request.jwt.sub\", \"x-b\": null}", exchange))
                .isEqualTo(Headers.of("x-user", "u1"));
    }

    @Test
    void aValueMayReadTheFieldThatItReplaces() {
        assertThat(mapped("{\"x-a\": \"<${request.header.x-a}>\"}", exchange("/v1/1/a", "x-a", "1")))
                .isEqualTo(Headers.of("x-a", "<1>"));
    }

    @Test
    void noLineBreakGetsIntoAField() {
        Exchange exchange = exchange("/v1/a%C2%85b/a?q=a%0d%0ax:%20y&n=%00");
        Headers headers = mapped(
                "{\"x-q\": \"$request.query.q\", \"x-n\": \"$request.query.n\", \"x-c\": \"$request.jwt.bad\", \"x-d\": \"a${request.query.q}\", \"x-ok\": \"1\"}",
                exchange);
        assertThat(headers).isEqualTo(Headers.of("x-ok", "1"));
        assertThat(exchange.notes().dropped()).containsExactly("x-q", "x-n", "x-c", "x-d");
    }

    @Test
    void charactersOutsideAsciiAreSentAsUtf8() {
        String name = mapped("{\"x-name\": \"$request.jwt.name\"}", exchange("/v1/1/a"))
                .first("x-name");
        assertThat(new String(name.getBytes(ISO_8859_1), UTF_8)).isEqualTo("Zoë");
        String bytes = new String("Zoë".getBytes(UTF_8), ISO_8859_1);
        assertThat(mapped("{\"x-name\": \"$request.header.a\"}", exchange("/v1/1/a", "a", bytes))
                        .first("x-name"))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "/v1/1/a?a=1&tenant=x&b=%7C%7b&tenant=y&flag|a=1&b=%7C%7b&flag&tenant=t0",
                "/v1/1/a?%74enant=x&a+b|a+b&tenant=t0",
                "/v1/1/a|tenant=t0",
                "/v1/1/a?|tenant=t0",
                "/v1/1/a?tenant|tenant=t0",
                "/v1/1/a?a&&b|a&&b&tenant=t0",
                "/v1/1/a?tenant=%zz&x=%zz|x=%zz&tenant=t0"
            })
    void aMappedParameterIsRemovedAndAppendedAndTheOthersKeepTheirBytes(String target, String expected) {
        assertThat(query("{\"tenant\": \"$config.token\"}", target)).isEqualTo(expected);
    }

    @Test
    void aParameterIsEscapedSoThatItStaysOne() {
        assertThat(query("{\"a&b\": \"1&2=3 #+ä\"}", "/v1/1/a?x=1")).isEqualTo("x=1&a%26b=1%262%3D3%20%23%2B%C3%A4");
    }

    @Test
    void aParameterThatComesToNothingIsRemoved() {
        assertThat(query("{\"user\": \"$request.header.none\", \"debug\": null}", "/v1/1/a?user=forged&debug"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a $$5|a $5|true",
                "$request.header.x-in|in|true",
                "${request.method} ${request.path.id}|GET 1|true",
                "$config.token|t0|true",
                "Bearer ${config.secret}|Bearer ***|false",
                "$secret.KEY|***|false",
                "$env.STAGE|$env.STAGE|false",
                "of ${config.stage}|of $env.STAGE|false",
                "$request.jwt.sub|$request.jwt.sub|false",
                "$request.id|$request.id|false",
                "$request.ip|$request.ip|false",
                "${request.path.id} of ${request.jwt.none}|${request.path.id} of ${request.jwt.none}|false",
                "${config.secret} ${request.id}|${config.secret} ${request.id}|false"
            })
    void beforehandAValueIsWhatIsKnownOfIt(String value, String text, boolean exact) {
        HeaderChanges changes = changes("{\"x-out\": \"" + value + "\"}", exchange("/v1/1/a", "x-in", "in"));
        assertThat(changes).isEqualTo(new HeaderChanges(Map.of("x-out", new Shown(text, exact)), List.of()));
    }

    @Test
    void whatIsResolvedStaysASecretBeforehand() {
        HeaderChanges changes = changes(
                path(
                        "{\"headers\": {\"x-a\": \"$secret.KEY\", \"x-b\": \"$env.STAGE\", \"x-c\": \"${config.secret}!\"}}",
                        (kind, name) -> "hunter2"),
                exchange("/v1/1/a"));
        assertThat(changes.set())
                .containsOnly(
                        entry("x-a", new Shown("***", false)),
                        entry("x-b", new Shown("hunter2", true)),
                        entry("x-c", new Shown("***!", false)));
    }

    @Test
    void beforehandItIsSaidWhatIsRemoved() {
        HeaderChanges changes = changes(
                "{\"x-a\": null, \"x-b\": \"$request.header.none\", \"x-c\": \"${request.id} ${request.query.none}\", \"x-d\": \"$request.query.q\"}",
                exchange("/v1/1/a?q=%0d"));
        assertThat(changes).isEqualTo(new HeaderChanges(Map.of(), List.of("x-a", "x-b", "x-c", "x-d")));
    }

    @Test
    void aClaimOfNobodyIsRemoved() {
        assertThat(changes("{\"x-a\": \"$request.jwt.sub\"}", anonymous("/v1/1/a"))
                        .removed())
                .containsExactly("x-a");
    }

    @Test
    void beforehandWhatIsNotKnownStandsInTheQueryAsItIs() {
        PathConfig path = path(
                "{\"query\": {\"key\": \"of ${config.secret}\", \"s ub\": \"$request.jwt.sub\", \"m\": \"a&${request.method}\", \"n\": null}}");
        Exchange exchange = exchange("/v1/1/a?x=%7c&n=1");
        assertThat(QueryMapping.of(
                                path.policies().mapping().query(), path.route().pattern())
                        .shown(exchange.request().target().query(), exchange))
                .isEqualTo("x=%7c&key=of%20***&s%20ub=$request.jwt.sub&m=a%26GET");
    }

    @Test
    void aParameterWithHalfACharacterIsDropped() {
        Exchange exchange = exchange("/v1/1/a?user=forged&x=1");
        PathConfig path = path("{\"query\": {\"user\": \"$request.jwt.half\", \"name\": \"$request.jwt.name\"}}");
        assertThat(QueryMapping.of(
                                path.policies().mapping().query(), path.route().pattern())
                        .apply("user=forged&x=1", exchange))
                .isEqualTo("x=1&name=Zo%C3%AB");
        assertThat(exchange.notes().dropped()).containsExactly("user");
    }

    @Test
    void aFieldWithHalfACharacterIsDropped() {
        Exchange exchange = exchange("/v1/1/a", "x-user", "forged");
        assertThat(mapped("{\"x-user\": \"$request.jwt.half\"}", exchange)).isEqualTo(Headers.empty());
        assertThat(exchange.notes().dropped()).containsExactly("x-user");
    }

    @Test
    void withoutAnIdentityThereAreNoClaims() throws AmbiguousPath {
        Exchange nobody = Exchanges.get("/v1/1/a", "x-user", "forged", "x-b", "1");
        Exchange read =
                nobody.withPath(RequestPath.parse(nobody.request().target().path()));
        assertThat(mapped("{\"x-user\": \"$request.jwt.sub\"}", read)).isEqualTo(Headers.of("x-b", "1"));
    }

    @Test
    void aTabMayStandInAFieldAndSpacesStayAsTheyAre() {
        Exchange exchange = exchange("/v1/1/a?q=%09%20a%20");
        assertThat(mapped("{\"x-q\": \"<${request.query.q}>\"}", exchange).first("x-q"))
                .isEqualTo("<\t a >");
    }

    @ParameterizedTest
    @CsvSource({
        "$request.jwt.list, 'a,1,true,2.5'",
        "$request.jwt.number, 3",
        "$request.jwt.flag, false",
        "$request.jwt.org.deep.id, d1",
        "$request.jwt.https://ns.example/role, admin",
        "$request.jwt.none.at.all, ",
        "$request.jwt.number.inner, ",
        "$request.jwt.null, ",
        "$request.jwt.emptylist, ''"
    })
    void aClaimOfAnyKindIsText(String value, String expected) {
        Headers headers = mapped("{\"x-out\": \"" + value + "\"}", exchange("/v1/1/a", "x-out", "forged"));
        assertThat(headers.first("x-out")).isEqualTo(expected);
    }

    @Test
    void theRestOfAPathIsDecodedAsAWholeAndEmptyWhereThereIsNone() {
        String mapping = "{\"x-rest\": \"$request.path.rest\"}";
        assertThat(mapped(mapping, exchange("/v1/1/a%20b/c%C3%A9/")).first("x-rest"))
                .isEqualTo("a b/c" + new String("é".getBytes(UTF_8), ISO_8859_1) + "/");
        assertThat(mapped(mapping, exchange("/v1/1")).first("x-rest")).isEmpty();
    }

    @Test
    void fieldsAreSetInTheDocumentsOrderBehindTheOthers() {
        assertThat(mapped("{\"x-b\": \"1\", \"x-a\": \"2\"}", exchange("/v1/1/a", "x-a", "0", "x-z", "9")))
                .isEqualTo(Headers.of("x-z", "9", "x-b", "1", "x-a", "2"));
    }

    @Test
    void withoutMappingNothingIsTouched() {
        Exchange exchange = exchange("/v1/1/a?", "a", "1");
        assertThat(mapped("{}", exchange)).isSameAs(exchange.request().headers());
        assertThat(query("{}", "/v1/1/a?")).isEmpty();
    }
}
