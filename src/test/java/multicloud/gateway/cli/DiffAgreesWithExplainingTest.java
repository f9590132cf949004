package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import multicloud.gateway.Explanation;
import multicloud.gateway.Gateway;
import multicloud.gateway.cli.diff.Comparison;
import multicloud.gateway.cli.diff.Item;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Body;
import multicloud.gateway.testing.Ask;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two documents in which {@code diff} finds no difference do the same with every request. */
@Timeout(120)
class DiffAgreesWithExplainingTest {
    private static final int DOCUMENTS = 600;
    private static final int ASKS = 12;
    private static final String[] SETTINGS = {
        "method", "path", "match", "auth", "cors", "mapping", "integration", "response", "response_headers", "limits"
    };

    private final Random random = new Random(20_261_125);
    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void whatIsNoDifferenceMakesNone() throws Exception {
        RandomDocument documents = new RandomDocument(random, 9);
        RandomAsk asks = new RandomAsk(random);
        for (int i = 0; i < DOCUMENTS; i++) {
            ObjectNode before = documents.next();
            ObjectNode after = before.deepCopy();
            change((ArrayNode) after.path("paths"));
            GatewayConfig was = read(before);
            GatewayConfig is = read(after);
            if (was == null || is == null) {
                count("refused");
                continue;
            }
            List<Item> items = Comparison.of(was, is);
            boolean differs = false;
            for (int j = 0; j < ASKS; j++) {
                Ask ask = asks.next(j % 2 == 0 || is.paths().isEmpty() ? before : after);
                differs |= !explained(was, ask).equals(explained(is, ask));
            }
            assertThat(differs && items.isEmpty())
                    .as("%s%n%s", before.toPrettyString(), after.toPrettyString())
                    .isFalse();
            count(items.isEmpty() ? "same" : differs ? "different" : "different elsewhere");
            assertThat(Comparison.of(was, was)).isEmpty();
        }
        assertThat(seen).containsKeys("same", "different", "different elsewhere");
        assertThat(seen.get("refused")).isLessThan(DOCUMENTS / 2);
    }

    /** Another order, or one setting of one path that another has, or neither. */
    private void change(ArrayNode paths) {
        List<JsonNode> all = new ArrayList<>();
        paths.forEach(all::add);
        switch (random.nextInt(4)) {
            case 0 -> Collections.shuffle(all, random);
            case 1 -> all.remove(random.nextInt(all.size()));
            default -> {
                ObjectNode to = (ObjectNode) all.get(random.nextInt(all.size()));
                JsonNode from = all.get(random.nextInt(all.size()));
                String setting = SETTINGS[random.nextInt(SETTINGS.length)];
                if (from.has(setting)) {
                    to.set(setting, from.get(setting).deepCopy());
                } else {
                    to.remove(setting);
                }
            }
        }
        paths.removeAll();
        all.forEach(paths::add);
    }

    private static GatewayConfig read(JsonNode document) {
        return ConfigReader.read(document.toString().getBytes(UTF_8), References.AS_WRITTEN)
                        instanceof Reading.Accepted accepted
                ? accepted.config()
                : null;
    }

    /** All that is said of a request but where its route stands; of a 405 the status, since its CORS is the first route's nearby. */
    private static String explained(GatewayConfig config, Ask ask) throws Exception {
        List<String> headers = new ArrayList<>();
        for (String field : ask.fields()) {
            int colon = field.indexOf(':');
            headers.add(field.substring(0, colon));
            headers.add(field.substring(colon + 1).strip());
        }
        Explanation explanation = Gateway.forExplaining(config)
                .explain(Exchanges.exchange(ask.method(), ask.target(), Body.absent(), headers.toArray(String[]::new)));
        JsonNode json = new ObjectMapper().readTree(ExplanationJson.of(explanation));
        ((ObjectNode) json).remove("candidates");
        if (json.path("route") instanceof ObjectNode route) {
            route.remove("index");
            route.remove("method");
        }
        if (json.path("status").asInt() == 405) {
            return "405";
        }
        return json.toString();
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
