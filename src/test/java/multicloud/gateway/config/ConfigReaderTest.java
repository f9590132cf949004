package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.CorsConfig.Permissions;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Resilience.Balance;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.config.Resilience.FailedOn;
import multicloud.gateway.config.Resilience.Hedge;
import multicloud.gateway.config.Resilience.Mirror;
import multicloud.gateway.config.Resilience.More;
import multicloud.gateway.config.Resilience.Retry;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.config.Template.Kind;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.jose.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {

    static List<Path> samples() {
        return Documents.files(Documents.SAMPLES, ".json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsAcceptedWithoutAWarning(Path sample) {
        assertThat(Documents.problems(Documents.text(sample))).isEmpty();
    }

    @Test
    void theSmallestDocumentHasNoPaths() {
        GatewayConfig config = Documents.accepted("{\"paths\":[]}");
        assertThat(config.servers()).isEmpty();
        assertThat(config.authorizers()).isEmpty();
        assertThat(config.general()).isEqualTo(GatewayConfig.General.NONE);
        assertThat(config.paths()).isEmpty();
    }

    @Test
    void aServerSaysOnlyWhereItIs() {
        GatewayConfig config = Documents.accepted("""
                {"servers": [{"alias": "s", "url": "https://s.example.com"}, {"alias": "t", "targets": [{"url": "https://t.example.com"}]}],
                 "paths": [{"method": "GET", "path": "/", "integration": {"type": "http", "server": "s"}},
                           {"method": "POST", "path": "/", "integration": {"type": "http", "server": "t"}}]}
                """);
        Place nowhere = new Place(null, null, null);
        assertThat(config.servers())
                .containsExactly(
                        new ServerConfig(
                                "s",
                                List.of(new TargetConfig(
                                        "s", new BaseUrl(true, "s.example.com", 443, "", false), nowhere, 0, 1)),
                                Timeouts.DEFAULT,
                                false,
                                Resilience.NONE),
                        new ServerConfig(
                                "t",
                                List.of(new TargetConfig(
                                        "t", new BaseUrl(true, "t.example.com", 443, "", false), nowhere, 0, 1)),
                                Timeouts.DEFAULT,
                                false,
                                Resilience.NONE));
    }

    @Test
    void aPathSaysOnlyWhatItTakesAndWhereItGoes() {
        PathConfig path = Documents.accepted(Documents.paths(
                        "{\"method\":\"GET\",\"path\":\"/a\",\"integration\":{\"type\":\"http\",\"server\":\"s\"}}"))
                .paths()
                .getFirst();
        assertThat(path.index()).isZero();
        assertThat(path.route().methods()).containsExactly("GET");
        assertThat(path.route().pattern()).isEqualTo(new PathPattern("/a", List.of(new Literal("a"))));
        assertThat(path.route().match()).isEqualTo(MatchConfig.NONE);
        assertThat(path.route().keepEncodedSlashes()).isFalse();
        assertThat(path.integration()).isEqualTo(new HttpProxy("s", null));
        assertThat(path.policies().timeouts()).isEqualTo(Timeouts.DEFAULT);
        assertThat(path.policies().bodyLimit()).isEqualTo(6 * 1024 * 1024);
    }

    @Test
    void aPathWithoutIntegrationIsAnEmpty200() {
        PathConfig path = Documents.accepted("{\"paths\":[{\"method\":\"GET\",\"path\":\"/\"}]}")
                .paths()
                .getFirst();
        assertThat(path.integration()).isEqualTo(new StaticAnswer(200, Map.of(), null));
    }

    @Test
    void theDefaultTimeoutsAreTheDocumentedOnes() {
        assertThat(Timeouts.DEFAULT)
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(29)));
    }

    @Test
    void everyKeyOfAServerArrivesInItsRecord() {
        GatewayConfig config = everything();
        assertThat(config.servers())
                .containsExactly(
                        new ServerConfig(
                                "one",
                                List.of(new TargetConfig(
                                        "one",
                                        new BaseUrl(true, "one.example.com", 8443, "/base", false),
                                        new Place("aws", "eu-west-1", "eu"),
                                        0,
                                        1)),
                                timeouts(200, 3_000, 4_000, 5_000),
                                true,
                                new Resilience(
                                        Balance.WEIGHTED,
                                        new Retry(
                                                3,
                                                new FailedOn(true, false, false, Set.of(429, 500)),
                                                Duration.ofSeconds(2),
                                                Duration.ZERO,
                                                new More(0.5, true)),
                                        new Breaker(2, Duration.ofSeconds(3), Duration.ofSeconds(4)),
                                        null,
                                        new Mirror("two", 0.25))),
                        new ServerConfig(
                                "two",
                                List.of(
                                        new TargetConfig(
                                                "belgium",
                                                new BaseUrl(false, "::1", 80, "/x", true),
                                                new Place("gcp", "europe-west1", "be"),
                                                2,
                                                3),
                                        new TargetConfig(
                                                "two-2",
                                                new BaseUrl(true, "two.example.com", 443, "", false),
                                                new Place(null, null, null),
                                                0,
                                                1)),
                                timeouts(900, 9_000, 8_000, 7_000),
                                false,
                                new Resilience(Balance.LATENCY, null, null, new Hedge(Duration.ofMillis(200)), null)));
    }

    @Test
    void whatAServerDoesNotSayOfRetriesAndBreakersIsTheDocumentedDefault() {
        Resilience resilience = Documents.accepted("""
                        {"servers": [{"alias": "s", "url": "https://s.example.com", "retry": {}, "breaker": {}, "mirror": {"server": "t"}},
                                     {"alias": "t", "url": "https://t.example.com"}],
                         "paths": [{"method": "GET", "path": "/", "integration": {"type": "http", "server": "s"}}]}
                        """).servers().getFirst().resilience();
        assertThat(resilience)
                .isEqualTo(new Resilience(
                        Balance.WEIGHTED,
                        new Retry(2, FailedOn.DEFAULT, null, Duration.ofMillis(25), new More(0.2, false)),
                        new Breaker(5, Duration.ofSeconds(10), Duration.ofSeconds(15)),
                        null,
                        new Mirror("t", 1)));
        assertThat(FailedOn.DEFAULT).isEqualTo(new FailedOn(true, true, true, Set.of(502, 503, 504)));
    }

    @Test
    void whatIsNoPathsArrivesInItsRecord() {
        assertThat(everything().general().jurisdictions()).containsOnly(entry("eu-central-2", "ch"));
        assertThat(everything().general().serverTiming()).isTrue();
        assertThat(everything().paths().getFirst().policies().access().residency())
                .containsExactly("eu", "ch");
        assertThat(everything().paths().get(1).policies().access().residency()).isNull();
    }

    @Test
    void everyKeyOfAPathArrivesInItsRecord() {
        PathConfig path = everything().paths().getFirst();
        assertThat(path.route().methods()).containsExactly("GET");
        assertThat(path.route().pattern())
                .isEqualTo(new PathPattern("/one/{id}", List.of(new Literal("one"), new Parameter("id"))));
        assertThat(path.route().match())
                .isEqualTo(new MatchConfig(
                        List.of("a.example.com", "b.example.com"), Map.of("x-beta", "1"), Map.of("v", "2")));
        assertThat(path.route().keepEncodedSlashes()).isTrue();
        assertThat(path.integration())
                .isEqualTo(new HttpProxy(
                        "one",
                        new Rewrite(
                                "/internal/{id}",
                                List.of(new Rewrite.Text("/internal/"), new Rewrite.Reference("id")))));
        assertThat(path.policies().timeouts()).isEqualTo(timeouts(100, 3_000, 4_000, 60_000));
        assertThat(path.policies().bodyLimit()).isEqualTo(64 * 1024);
    }

    @Test
    void everyAuthorizerArrivesInItsRecord() {
        List<AuthorizerConfig> authorizers = everything().authorizers();
        assertThat(authorizers)
                .extracting(AuthorizerConfig::alias)
                .containsExactly("default", "partners", "machines", "aws");
        AuthorizerConfig.Jwt own = (AuthorizerConfig.Jwt) authorizers.getFirst();
        assertThat(own.algorithms()).containsExactly(Algorithm.HS256, Algorithm.HS512);
        assertThat(((KeyConfig.Shared) own.keys()).secret().reveal())
                .isEqualTo("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        assertThat(own.place()).isEqualTo(new TokenPlace.Cookie("session"));
        assertThat(own.expected())
                .isEqualTo(new Expected(
                        "https://issuer.example.com/", List.of("shop", "backoffice"), Duration.ofSeconds(30), false));
        AuthorizerConfig.Jwt partners = (AuthorizerConfig.Jwt) authorizers.get(1);
        assertThat(partners.expected()).isEqualTo(new Expected("partners", List.of("shop"), Duration.ZERO, true));
        assertThat(own.toString()).doesNotContain("0123456789");
    }

    @Test
    void everyPrincipalArrivesInItsRecord() {
        AuthorizerConfig.Iam aws =
                (AuthorizerConfig.Iam) everything().authorizers().getLast();
        assertThat(aws.principals())
                .containsExactly(
                        new PrincipalPattern(
                                "arn:aws:iam::123456789012:role/*", "arn:aws:sts::123456789012:assumed-role/*/*"),
                        new PrincipalPattern(
                                "arn:aws:iam::123456789012:user/team/batch-*",
                                "arn:aws:iam::123456789012:user/team/batch-*"),
                        new PrincipalPattern("$env.PRINCIPAL", "$env.PRINCIPAL"));
    }

    @Test
    void everyApiKeyArrivesInItsRecord() {
        AuthorizerConfig.ApiKey machines =
                (AuthorizerConfig.ApiKey) everything().authorizers().get(2);
        assertThat(machines.header()).isEqualTo("x-api-key");
        AuthorizerConfig.Key first = machines.keys().getFirst();
        assertThat(first.sha256().reveal())
                .isEqualTo("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        assertThat(first.scopes()).containsExactly("read", "write");
        assertThat(first.claims())
                .isEqualTo(Map.of(
                        "tenant", "a", "plan", Map.of("name", "gold", "seats", Arrays.asList(1L, 2.5, true, null))));
        assertThat(machines.keys()).extracting(AuthorizerConfig.Key::id).containsExactly("acme", "acme");
        assertThat(machines.toString()).doesNotContain("9f86", "gold");
    }

    @Test
    void whomAPathLetsInIsItsOwnOrTheDocumentsDemand() {
        List<PathConfig> paths = everything().paths();
        assertThat(paths.get(0).policies().access().auth())
                .isEqualTo(new AuthConfig("partners", List.of("read", "write"), Map.of("tenant", List.of("a", "b"))));
        assertThat(paths.get(1).policies().access().auth()).isNull();
        assertThat(paths.get(2).policies().access().auth())
                .isEqualTo(new AuthConfig("default", List.of("all"), Map.of()));
    }

    @Test
    void corsOfAPathIsItsOwnOrTheDocuments() {
        GatewayConfig config = everything();
        CorsConfig cors = config.general().cors();
        assertThat(cors.origins())
                .extracting(OriginPattern::text)
                .containsExactly("https://app.example.com", "https://*.example.org", "http://localhost:*");
        assertThat(cors.permissions())
                .isEqualTo(new Permissions(List.of("GET", "POST"), List.of("authorization", "*")));
        assertThat(cors.exposeHeaders()).containsExactly("x-request-id");
        assertThat(cors.credentials()).isTrue();
        assertThat(cors.maxAge()).isEqualTo(600);
        assertThat(config.paths().get(0).policies().access().cors()).isNull();
        assertThat(config.paths().get(1).policies().access().cors()).isSameAs(cors);
        assertThat(config.paths().get(2).policies().access().cors())
                .isEqualTo(new CorsConfig(List.of(), new Permissions(List.of(), List.of()), List.of(), false, -1));
    }

    @Test
    void aMappingHasTheVariablesOfItsPathOverThoseOfTheDocument() {
        MappingConfig mapping = everything().paths().getFirst().policies().mapping();
        assertThat(mapping.headers())
                .containsExactly(
                        mapped("X-Text", "$config.text", new Template.Variable("text", "b", null)),
                        mapped(
                                "x-number",
                                "${config.number} of $$5",
                                new Template.Variable("number", "1.50", null),
                                new Template.Text(" of $5")),
                        mapped("x-user", "$request.jwt.sub", new Template.Reference(Kind.CLAIM, "sub")),
                        new MappingConfig.Entry("x-gone", null));
        assertThat(mapping.query())
                .containsExactly(
                        mapped("flag", "$config.flag", new Template.Variable("flag", "true", null)),
                        mapped("id", "$request.path.id", new Template.Reference(Kind.PATH, "id")));
        assertThat(mapping.responseHeaders())
                .containsExactly(
                        new MappingConfig.Entry("server", null),
                        mapped("x-method", "$request.method", new Template.Reference(Kind.METHOD, "")));
    }

    private static MappingConfig.Entry mapped(String name, String text, Template.Part... parts) {
        return new MappingConfig.Entry(name, new Template(text, List.of(parts)));
    }

    @Test
    void aPathTakesWhatItDoesNotSayFromItsServerAndThatFromTheDocument() {
        PathConfig path = everything().paths().get(1);
        assertThat(path.index()).isEqualTo(1);
        assertThat(path.route().methods()).containsExactly("POST", "PUT");
        assertThat(path.route().pattern().segments()).containsExactly(new Literal("two"), new Wildcard("rest"));
        assertThat(path.integration()).isEqualTo(new HttpProxy("two", null));
        assertThat(path.policies().timeouts()).isEqualTo(timeouts(900, 9_000, 8_000, 7_000));
        assertThat(path.policies().bodyLimit()).isEqualTo(2 * 1024 * 1024);
    }

    @Test
    void aStaticAnswerKeepsItsJsonDigitForDigitAndItsHeadersInOrder() {
        PathConfig path = everything().paths().get(2);
        assertThat(path.route().any()).isTrue();
        StaticAnswer answer = (StaticAnswer) path.integration();
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.json()).isEqualTo("{\"a\":[1.50,\"é\",null,true,{\"b\":1234567890.12345678901234567890}]}");
        assertThat(answer.headers())
                .containsExactly(entry("Cache-Control", "no-store"), entry("Set-Cookie", "a=b; Path=/"));
    }

    @Test
    void aResponseMayBeNull() {
        PathConfig path = Documents.accepted("{\"paths\":[{\"method\":\"GET\",\"path\":\"/\",\"response\":null}]}")
                .paths()
                .getFirst();
        assertThat(path.integration()).isEqualTo(new StaticAnswer(200, Map.of(), "null"));
    }

    @Test
    void aWholeNumberMayBeWrittenInAnyWay() {
        PathConfig path = Documents.accepted(
                        "{\"paths\":[{\"method\":\"GET\",\"path\":\"/\",\"response_status\":4.04e2}]}")
                .paths()
                .getFirst();
        assertThat(path.integration()).isEqualTo(new StaticAnswer(404, Map.of(), null));
    }

    @Test
    void whatARecordHoldsStaysOutOfItsText() {
        GatewayConfig config = everything();
        assertThat(config).hasToString("GatewayConfig[2 servers, 5 paths]");
        assertThat(config.paths().getFirst()).hasToString("PathConfig[/paths/0]");
        assertThat(config.paths().getFirst().route().match().toString())
                .contains("x-beta")
                .doesNotContain("1");
        assertThat(config.paths().get(2).integration()).hasToString("StaticAnswer[418]");
    }

    @Test
    void tenThousandPathsAreRead() {
        StringBuilder paths = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            paths.append(i == 0 ? "" : ",\n")
                    .append("{\"method\":[\"GET\",\"POST\"],\"path\":\"/v1/group" + i % 97 + "/resource" + i)
                    .append(
                            "/{id}\",\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"},\"timeouts\":{\"total\":\"5s\"}}");
        }
        GatewayConfig config = Documents.accepted(Documents.paths(paths.toString()));
        assertThat(config.paths()).hasSize(10_000);
        assertThat(config.paths().getLast().index()).isEqualTo(9_999);
    }

    @Test
    void aDocumentOverFiveMegabytesIsNotRead() {
        byte[] document = new byte[ConfigReader.MAX_BYTES + 1];
        java.util.Arrays.fill(document, (byte) ' ');
        assertThat(ConfigReader.read(document, References.UNRESOLVED).problems())
                .singleElement()
                .hasToString("1:1: error: the document has 5242881 bytes: at most 5242880 (5 MB) are read (/)")
                .extracting(Problem::rule)
                .isEqualTo(Rule.SIZE);
    }

    @Test
    void aDocumentOfFiveMegabytesIsRead() {
        String document = "{\"paths\":[]}";
        assertThat(Documents.problems(document + " ".repeat(ConfigReader.MAX_BYTES - document.length())))
                .isEmpty();
    }

    @Test
    void ofVeryManyProblemsTheFirstTenThousandAreTold() {
        StringBuilder document = new StringBuilder("{\"paths\":[]");
        for (int i = 0; i < 300_000; i++) {
            document.append(",\"key").append(i).append("\":0");
        }
        assertThat(Documents.problems(document.append('}').toString()))
                .hasSize(10_001)
                .last()
                .asString()
                .endsWith(" error: at least 290000 more problems: mend those above first (/)");
    }

    private static GatewayConfig everything() {
        return Documents.accepted(Documents.text(Documents.RESOURCES.resolve("everything.json")));
    }

    private static Timeouts timeouts(long connect, long firstByte, long idle, long total) {
        return new Timeouts(
                Duration.ofMillis(connect),
                Duration.ofMillis(firstByte),
                Duration.ofMillis(idle),
                Duration.ofMillis(total));
    }
}
