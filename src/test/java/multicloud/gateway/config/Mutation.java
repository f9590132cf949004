package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a document in one place, as a slip of the hand or a misunderstanding would. */
final class Mutation {
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "1.0",
        "3.5",
        "2e2",
        "1e-400",
        "200",
        "599",
        "600",
        "2000000",
        "\"\"",
        "\"x\"",
        "\"GET\"",
        "\"get\"",
        "\"ANY\"",
        "\"HEAD\"",
        "\"10s\"",
        "\"0s\"",
        "\"1.5s\"",
        "\"10s\\n\"",
        "\" 10s\"",
        "\"99m\"",
        "\"5h\"",
        "\"64KB\"",
        "\"0B\"",
        "\"64kb\"",
        "\"9999MB\"",
        "\"$env.X\"",
        "\"$secret.Y\"",
        "\"$secrets._z9\"",
        "\"$env.a-b\"",
        "\"$env.\"",
        "\"$secret.A \"",
        "\"$other.X\"",
        "\"http://x\"",
        "\"HTTPS://X/\"",
        "\"ftp://x\"",
        "\"https://u@h/\"",
        "\"http://h/a@b\"",
        "\"http://h?q\"",
        "\"http://h#f\"",
        "\"http://\"",
        "\"http://127.1/\"",
        "\"http://169.254.169.254\"",
        "\"/a\"",
        "\"a\"",
        "\"/a?b\"",
        "\"/a/{x}\"",
        "\"/{a+}/b\"",
        "\"/a/../b\"",
        "\"/\"",
        "\"keep\"",
        "\"reject\"",
        "\"service\"",
        "\"http\"",
        "\"host:80\"",
        "\"x y\"",
        "\"\\u0085\"",
        "\"a\\u00a0\"",
        "\" a\"",
        "\"\\t\"",
        "\"\\u007f\"",
        "\"ā\"",
        "[]",
        "{}",
        "[\"GET\"]",
        "[\"GET\",\"GET\"]",
        "[\"ANY\",\"GET\"]",
        "[\"ANY\"]",
        "[\"$env.A\",\"$env.A\"]",
        "[\"$env.A\",\"ANY\"]",
        "[\"h\",\"h\"]",
        "{\"a\":1}",
        "{\"a\":\"b\"}",
        "{\"a b\":\"c\"}",
        "{\"\":\"\"}",
        "[[]]",
        "{\"type\":\"service\",\"binding\":\"b\"}",
        "{\"body\":\"1MB\"}",
        "{\"connect\":\"1s\"}"
    };
    private static final List<String> KEYS = new ArrayList<>();

    static {
        for (Keys keys : List.of(
                DocumentReader.KEYS,
                ServerReader.KEYS,
                ServerReader.TARGET,
                PathReader.KEYS,
                PathReader.INTEGRATION,
                RouteReader.MATCH,
                TimeoutSettings.KEYS,
                TrustedProxyReader.KEYS,
                TrustedProxyReader.SECRET,
                ApiKeyReader.KEYS,
                ApiKeyReader.KEY,
                IamReader.KEYS,
                Defaults.LIMITS)) {
            KEYS.addAll(keys.known());
            KEYS.addAll(keys.later());
        }
        KEYS.addAll(List.of("", "X-Beta", "x y", "é", "Auth", "url ", "response-status", "content-length", "a/b~c"));
    }

    private static final String[] CHARACTERS = {
        "", "/", "{", "}", "?", "#", "@", ":", " ", "\n", "\t", "é", "\u0085", "a", "0", "$", "\u007f"
    };

    private final Random random;
    private final JsonMapper mapper;
    private final List<JsonNode> sources;

    Mutation(Random random, JsonMapper mapper, List<JsonNode> sources) {
        this.random = random;
        this.mapper = mapper;
        this.sources = sources;
    }

    /** A changed copy; the root itself is replaced now and then. */
    JsonNode of(JsonNode original) {
        if (random.nextInt(300) == 0) {
            return value();
        }
        JsonNode root = original.deepCopy();
        List<JsonNode> containers = containers(root);
        if (containers.isEmpty()) {
            return value();
        }
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> change(object);
            case ArrayNode array -> change(array);
            default -> throw new IllegalStateException("no container");
        }
        return root;
    }

    private void change(ObjectNode object) {
        List<String> keys = new ArrayList<>(object.propertyNames());
        if (keys.isEmpty() || random.nextInt(6) == 0) {
            object.set(key(), random.nextBoolean() ? value() : anySubtree());
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        JsonNode value = object.get(key);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> {
                object.remove(key);
                object.set(random.nextBoolean() ? key() : edited(key), value);
            }
            case 2 -> {
                String other = keys.get(random.nextInt(keys.size()));
                object.set(key, object.get(other));
                object.set(other, value);
            }
            default -> object.set(key, changed(value));
        }
    }

    private void change(ArrayNode array) {
        if (array.isEmpty()) {
            array.add(value());
            return;
        }
        int index = random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(index);
            case 1 -> array.add(array.get(index).deepCopy());
            case 2 -> array.insert(index, anySubtree());
            default -> array.set(index, changed(array.get(index)));
        }
    }

    private JsonNode changed(JsonNode value) {
        return switch (random.nextInt(5)) {
            case 0 -> mapper.createArrayNode().add(value.deepCopy());
            case 1 -> anySubtree();
            case 2 -> value.isString() ? mapper.valueToTree(edited(value.asString())) : value();
            default -> value();
        };
    }

    private String edited(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(2));
        return text.substring(0, at) + CHARACTERS[random.nextInt(CHARACTERS.length)] + text.substring(end);
    }

    private JsonNode value() {
        return mapper.readTree(VALUES[random.nextInt(VALUES.length)]);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private String key() {
        return pick(KEYS, random);
    }

    private JsonNode anySubtree() {
        List<JsonNode> all = new ArrayList<>();
        collect(sources.get(random.nextInt(sources.size())), all);
        return all.get(random.nextInt(all.size())).deepCopy();
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.forEach(child -> collect(child, into));
    }

    private static List<JsonNode> containers(JsonNode root) {
        List<JsonNode> all = new ArrayList<>();
        collect(root, all);
        all.removeIf(node -> !node.isContainer());
        return all;
    }
}
