package multicloud.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import multicloud.gateway.testing.Ask;
import multicloud.gateway.testing.Browser;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code map} in a real browser, which is Chromium; skipped where there is none. */
@Timeout(300)
class MapInBrowserIT {
    private static final int DOCUMENTS = 150;
    private static final int ASKS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Numbers are equal where they are as many: the page writes 1 for 1.0. */
    private static final Comparator<JsonNode> ALIKE = (one, other) -> one.isNumber() && other.isNumber()
            ? Double.compare(one.doubleValue(), other.doubleValue())
            : one.equals(other) ? 0 : 1;

    private static final String SHOP = """
            {"title":"</script><script>bad=1</script><!-- Ünder & \\"quotes\\" 'n\\u2028 {{script}}",
             "servers":[{"alias":"orders","url":"https://orders.example.com/base","cloud":"aws","region":"eu-west-1","jurisdiction":"eu"},
                        {"alias":"search","url":"https://search.example.net","cloud":"gcp","region":"europe-west1"}],
             "authorizer":{"type":"jwt","issuer":"i","audience":"a","algorithm":"HS256","secret":"hunter2 hunter2 hunter2 hunter2 hunter2"},
             "variables":{"token":"$secret.TOKEN"},
             "paths":[{"method":"GET","path":"/orders/{id}","auth":{"scopes":["orders:read"]},
                       "integration":{"type":"http","server":"orders"},
                       "mapping":{"headers":{"x-key":"Bearer ${config.token}","x-user":"$request.jwt.sub"}}},
                      {"method":"ANY","path":"/orders/{.+}","match":{"host":["api.example.com"]},
                       "integration":{"type":"http","server":"orders"}},
                      {"method":"GET","path":"/search","integration":{"type":"http","server":"search"}},
                      {"method":"GET","path":"/health","response":["$secret.TOKEN","</script>"]}]}
            """;

    @TempDir
    private static Path profile;

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path program = Browser.program();
        assumeTrue(program != null, "there is no Chromium on the PATH");
        browser = Browser.start(program, profile);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private Path draw(String document) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.json"), document);
        Path page = folder.resolve("map.html");
        Cli.Said said = Cli.run("map", file, "-o", page);
        assertThat(said.exit()).as(said.err()).isZero();
        return page;
    }

    private String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .asText();
    }

    @Test
    void thePageExplainsRandomRequestsAsTheCommandLineDoes() throws Exception {
        Random random = new Random(20_261_125);
        RandomDocument documents = new RandomDocument(random, 8080);
        RandomAsk asks = new RandomAsk(random);
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            ObjectNode document = documents.next();
            Path file = Files.writeString(folder.resolve("random.json"), document.toString());
            Path page = folder.resolve("random.html");
            if (Cli.run("map", file, "-o", page).exit() == 0) {
                List<Ask> some = new ArrayList<>();
                for (int j = 0; j < ASKS; j++) {
                    some.add(asks.next(document).and("host: " + Ask.HOST));
                }
                browser.open(page);
                JsonNode explained = browser.evaluate("JSON.stringify(" + JSON.writeValueAsString(some)
                        + ".map(ask => { byId('fields').value = ask.fields.join('\\n');"
                        + " return explain(table, ask.method, ask.target, typedHeaders()); }))");
                ArrayNode all = (ArrayNode) JSON.readTree(explained.asText());
                for (int j = 0; j < ASKS; j++) {
                    compare(some.get(j), document, explain(some.get(j), file), all.get(j));
                    seen.add(
                            all.get(j).at("/upstream/server").isMissingNode()
                                    ? all.get(j).path("status").asText()
                                    : "upstream");
                    all.get(j)
                            .path("candidates")
                            .forEach(other -> seen.add(other.path("reason").asText()));
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
        assertThat(seen)
                .contains("200", "204", "301", "400", "404", "405", "501", "508", "upstream")
                .contains("path", "method", "host", "header", "query", "precedence");
    }

    private static JsonNode explain(Ask ask, Path file) throws IOException {
        List<Object> args = new ArrayList<>(List.of("explain", file, ask.method(), ask.target(), "--json"));
        ask.fields().forEach(field -> args.addAll(List.of("-H", field)));
        ObjectNode said = (ObjectNode) JSON.readTree(Cli.run(args.toArray()).out());
        return said.without(List.of("cors", "response"));
    }

    private static void compare(Ask ask, JsonNode document, JsonNode told, JsonNode explained) {
        assertThat(told.equals(ALIKE, explained))
                .as(() -> ask + "\n" + document.toPrettyString() + "\nthe command line: " + told.toPrettyString()
                        + "\nthe page: " + explained.toPrettyString())
                .isTrue();
    }

    @Test
    void aTitleThatLooksLikeMarkupIsText() throws Exception {
        browser.open(draw(SHOP));
        String title = JSON.readTree(SHOP).path("title").asText();
        assertThat(browser.evaluate("document.getElementById('title').textContent")
                        .asText())
                .isEqualTo(title);
        assertThat(browser.evaluate("typeof bad").asText()).isEqualTo("undefined");
        assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(2);
    }

    @Test
    void thePageReachesNobody() throws Exception {
        try (RawUpstream server = RawUpstream.of(peer -> peer.request())) {
            browser.open(draw(SHOP));
            String url = "http://127.0.0.1:" + server.port() + "/";
            assertThat(browser.evaluate("fetch('" + url + "').then(() => 'reached', () => 'blocked')")
                            .asText())
                    .isEqualTo("blocked");
            assertThat(browser.evaluate("new Promise(done => { const image = new Image();"
                                    + " image.onload = () => done('reached'); image.onerror = () => done('blocked');"
                                    + " image.src = '" + url + "'; })")
                            .asText())
                    .isEqualTo("blocked");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void noSecretIsOnThePage() throws Exception {
        String page = Files.readString(draw(SHOP));
        assertThat(page).doesNotContain("hunter2").contains("***");
    }

    @Test
    void aRequestIsExplainedByKeyboard() throws Exception {
        browser.open(draw(SHOP));
        browser.press("e");
        browser.type("/orders/4%202?x=1");
        browser.press("Enter");
        assertThat(text("#details"))
                .contains("GET /orders/{id}")
                .contains("id = 4 2")
                .contains("default, with orders:read")
                .contains("https://orders.example.com/base/orders/4%202?x=1")
                .contains("x-key: Bearer ***")
                .contains("another host");
        assertThat(browser.evaluate("document.querySelector('[aria-pressed=true].route').dataset.key")
                        .asText())
                .isEqualTo("route 0");
    }

    @Test
    void aHeaderDecidesWhereAConditionAsksForIt() throws Exception {
        browser.open(draw(SHOP));
        browser.evaluate("byId('fields').value = 'host: api.example.com:443'");
        browser.press("e");
        browser.type("/orders");
        browser.press("Enter");
        assertThat(text("#details")).contains("ANY /orders/{.+}").contains("https://orders.example.com/base/");
        browser.evaluate("byId('fields').value = 'no header'; byId('ask').requestSubmit()");
        assertThat(text("#details")).contains("A header is a line");
    }

    @Test
    void searchingLeavesWhatIsFound() throws Exception {
        browser.open(draw(SHOP));
        browser.press("/");
        browser.type("eu-west open");
        assertThat(text("#count")).isEqualToIgnoringCase("1 of 4");
        assertThat(shown(".route")).containsExactly("route 1");
        assertThat(shown(".server")).containsExactly("server orders");
        browser.press("Escape");
        assertThat(shown(".route")).hasSize(4);
    }

    @Test
    void oneCloudCanBeLookedAt() throws Exception {
        browser.open(draw(SHOP));
        browser.evaluate("document.querySelector('[data-cloud=gcp]').click()");
        assertThat(shown(".route")).containsExactly("route 2");
        assertThat(shown(".target")).containsExactly("target search search");
        browser.evaluate("document.querySelector('[data-cloud=gcp]').click()");
        assertThat(shown(".route")).hasSize(4);
    }

    @Test
    void theListsAreWalkedByArrows() throws Exception {
        browser.open(draw(SHOP));
        browser.evaluate("document.querySelector('.route').focus()");
        String first = focused();
        browser.press("ArrowDown");
        assertThat(focused()).startsWith("route ").isNotEqualTo(first);
        browser.press("End");
        browser.press("Enter");
        assertThat(text("#details")).contains("/search");
        browser.press("Tab");
        assertThat(focused()).startsWith("server ");
    }

    @Test
    void manyPathsAreFoldedUntilTheyAreAskedFor() throws Exception {
        StringBuilder paths = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            paths.append(i == 0 ? "" : ",")
                    .append("{\"method\":\"GET\",\"path\":\"/v1/part" + i % 20 + "/{id}/x" + i
                            + "\",\"integration\":{\"type\":\"http\",\"server\":\"s\"}}");
        }
        browser.open(draw("{\"servers\":[{\"alias\":\"s\",\"url\":\"https://s.example\"}],\"paths\":[" + paths + "]}"));
        assertThat(shown(".fold")).hasSize(20);
        assertThat(shown(".route")).isEmpty();
        browser.evaluate("document.querySelector('.fold').focus()");
        browser.press("ArrowRight");
        assertThat(shown(".route")).hasSize(50);
        browser.press("ArrowLeft");
        assertThat(shown(".route")).isEmpty();
        browser.press("e");
        browser.type("/v1/part7/1/x987");
        browser.press("Enter");
        assertThat(shown(".route")).hasSize(50).contains("route 987");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void severalTargetsAreToldAsTheCommandLineTellsThem() throws Exception {
        String document = """
                {"servers":[
                  {"alias":"s","targets":[
                    {"name":"standby","url":"https://a.example","cloud":"aws","jurisdiction":"eu","priority":2},
                    {"name":"three","url":"https://b.example/b","cloud":"gcp","jurisdiction":"eu","priority":1,"weight":3},
                    {"name":"one","url":"https://c.example","cloud":"azure","jurisdiction":"eu","priority":1},
                    {"name":"far","url":"https://d.example","cloud":"aws","jurisdiction":"us"}]},
                  {"alias":"quick","balance":"latency","mirror":{"server":"s","share":0.1},"targets":[
                    {"name":"x","url":"https://x.example","weight":3},{"name":"y","url":"https://y.example"}]}],
                 "paths":[
                  {"method":"GET","path":"/eu","residency":["eu"],"integration":{"type":"http","server":"s"}},
                  {"method":"GET","path":"/us","residency":["us"],"integration":{"type":"http","server":"s"}},
                  {"method":"GET","path":"/any","integration":{"type":"http","server":"s"}},
                  {"method":"GET","path":"/quick","integration":{"type":"http","server":"quick"}}]}""";
        browser.open(draw(document));
        for (String path : List.of("/eu", "/us", "/any", "/quick")) {
            Ask ask = Ask.get(path);
            JsonNode explained = browser.evaluate("explain(table, 'GET', '" + path + "', [])");
            compare(ask, JSON.readTree(document), explain(ask, folder.resolve("gateway.json")), explained);
        }
        browser.evaluate("items.get('server quick').click()");
        assertThat(text("#details")).contains("the quicker", "10 % to s");
    }

    @Test
    void sharesAreThoseOfTheFirstPriorityWithinTheResidency() throws Exception {
        browser.open(draw(SHOP));
        String server = """
                {servers: [{alias: 's', targets: [
                    {name: 'standby', jurisdiction: 'eu', priority: 2, weight: 1},
                    {name: 'three', jurisdiction: 'eu', priority: 1, weight: 3},
                    {name: 'one', jurisdiction: 'eu', priority: 1, weight: 1},
                    {name: 'far', jurisdiction: 'us', priority: 0, weight: 1},
                    {name: 'nowhere', jurisdiction: null, priority: 0, weight: 1}]}]}""";
        assertThat(shares(server, "['eu']")).isEqualTo("three 0.75, one 0.25, standby 0");
        assertThat(shares(server, "null")).isEqualTo("far 0.5, nowhere 0.5, three 0, one 0, standby 0");
        assertThat(shares(server, "['ch']")).isEmpty();
    }

    private static String shares(String servers, String residency) throws Exception {
        return browser.evaluate("targetsOf(" + servers + ", {server: 's', residency: " + residency
                        + "}).map(target => target.name + ' ' + target.share).join(', ')")
                .asText();
    }

    private String focused() throws Exception {
        return browser.evaluate("document.activeElement.dataset.key ?? document.activeElement.id")
                .asText();
    }

    /** The keys of what can be seen of that kind. */
    private List<String> shown(String selector) throws Exception {
        List<String> keys = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('" + selector
                        + "')].filter(made => made.offsetParent !== null).map(made => made.dataset.key)")
                .forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
