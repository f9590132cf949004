package multicloud.gateway.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema describes every key that the reader knows, and no other. */
class SchemaTest {
    private static final String FILE = "src/main/resources/gateway-config.schema.json";
    private static final JsonNode SCHEMA = JsonMapper.shared().readTree(Documents.text(Path.of(FILE)));

    @Test
    void theSchemaIsOne() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(SCHEMA)).isEmpty();
    }

    @Test
    void itsKeysAreTheReaders() {
        Map<String, Keys> places = Map.ofEntries(
                entry("", DocumentReader.KEYS),
                entry("/$defs/server", ServerReader.KEYS),
                entry("/$defs/target", ServerReader.TARGET),
                entry("/$defs/path", PathReader.KEYS),
                entry("/$defs/httpIntegration", PathReader.INTEGRATION),
                entry("/$defs/auth0Integration", LoginStepReader.KEYS),
                entry("/$defs/oidcIntegration", LoginStepReader.KEYS),
                entry("/$defs/supabaseIntegration", SupabaseReader.STEP),
                entry("/$defs/path/properties/match", RouteReader.MATCH),
                entry("/$defs/timeouts", TimeoutSettings.KEYS),
                entry("/$defs/trustedProxy", TrustedProxyReader.KEYS),
                entry("/$defs/trustedProxy/properties/secret", TrustedProxyReader.SECRET),
                entry("/$defs/limits", Defaults.LIMITS),
                entry("/$defs/apiKeyAuthorizer", ApiKeyReader.KEYS.and("alias")),
                entry("/$defs/apiKeyAuthorizer/properties/keys/items", ApiKeyReader.KEY),
                entry("/$defs/iamAuthorizer", IamReader.KEYS.and("alias")),
                entry("/$defs/auth0Authorizer", LoginReader.AUTH0.and("alias")),
                entry("/$defs/oidcAuthorizer", LoginReader.OIDC.and("alias")),
                entry("/$defs/supabaseAuthorizer", SupabaseReader.KEYS.and("alias")),
                entry("/$defs/jwtAuthorizer", JwtReader.KEYS.and("alias")));
        places.forEach((place, keys) -> {
            JsonNode properties = SCHEMA.at(place + "/properties");
            assertThat(new TreeSet<>(properties.propertyNames())).as(place).isEqualTo(new TreeSet<>(keys.known()));
            assertThat(SCHEMA.at(place + "/additionalProperties").isBoolean())
                    .as(place)
                    .isTrue();
        });
    }

    @Test
    void itsWordsAreTheReaders() {
        assertThat(words("/$defs/method/anyOf/0/enum")).containsExactlyInAnyOrderElementsOf(RouteReader.METHODS);
        assertThat(words("/$defs/httpIntegration/properties/type/anyOf/0/enum"))
                .containsExactlyInAnyOrderElementsOf(PathReader.TYPES);
        assertThat(words("/$defs/path/properties/encoded_slashes/anyOf/0/enum"))
                .containsExactlyInAnyOrderElementsOf(RouteReader.ENCODED_SLASHES);
    }

    @Test
    void everyKeyIsDescribedWithExamplesAndItsDefault() {
        Set<String> seen = new HashSet<>();
        forEachKey((pointer, key, required) -> {
            seen.add(pointer);
            String description = key.path("description").asString("");
            assertThat(description).as(pointer).hasSizeGreaterThan(15);
            assertThat(key.path("examples").size()).as("examples of " + pointer).isPositive();
            assertThat(description.contains("Default: "))
                    .as("default of " + pointer)
                    .isEqualTo(!required);
            if (key.has("default") && !key.get("default").isContainer()) {
                assertThat(description)
                        .as(pointer)
                        .contains("Default: " + key.get("default").asString());
            }
        });
        assertThat(seen).contains("/properties/paths", "/$defs/server/properties/alias");
        assertThat(seen).hasSizeGreaterThan(40);
    }

    @Test
    void everyDefaultAndExampleFitsItsKey() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        forEachKey((pointer, key, required) -> {
            ObjectNode alone = (ObjectNode) key.deepCopy();
            alone.set("$defs", SCHEMA.get("$defs"));
            Schema schema = registry.getSchema(alone);
            key.path("examples")
                    .forEach(example ->
                            assertThat(schema.validate(example)).as(pointer).isEmpty());
            if (key.has("default")) {
                assertThat(schema.validate(key.get("default"))).as(pointer).isEmpty();
            }
        });
    }

    /** Editors put what a reference leads to in the place of what stands beside it, and show the innermost description. */
    @Test
    void noReferenceHidesTheDescriptionOfItsKey() {
        forEachKey((pointer, key, required) -> {
            List<JsonNode> places = new ArrayList<>(List.of(key));
            for (String choice : List.of("anyOf", "oneOf", "allOf")) {
                key.path(choice).forEach(places::add);
            }
            for (JsonNode place : places) {
                JsonNode target =
                        SCHEMA.at(place.path("$ref").asString("#/none").substring(1));
                assertThat(target.propertyNames())
                        .as("%s behind %s: say it in a $comment", place.path("$ref"), pointer)
                        .doesNotContain("title", "description", "default", "examples");
            }
        });
    }

    static List<Path> samples() {
        return Documents.files(Documents.SAMPLES, ".json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleSaysWhereTheSchemaIs(Path sample) {
        String schema = JsonMapper.shared()
                .readTree(Documents.text(sample))
                .path("$schema")
                .asString("");
        assertThat(sample.resolveSibling(schema).normalize()).isEqualTo(Path.of(FILE));
    }

    @Test
    void itsDefaultsAreTheReaders() {
        assertThat(text("/$defs/timeouts/properties/connect/default")).isEqualTo("1s");
        assertThat(text("/$defs/timeouts/properties/first_byte/default")).isEqualTo("10s");
        assertThat(text("/$defs/timeouts/properties/idle/default")).isEqualTo("30s");
        assertThat(text("/$defs/timeouts/properties/total/default")).isEqualTo("29s");
        assertThat(text("/$defs/limits/properties/body/default")).isEqualTo("6MB");
        assertThat(text("/$defs/path/properties/response_status/default")).isEqualTo("200");
        assertThat(text("/$defs/path/properties/encoded_slashes/default")).isEqualTo("reject");
        assertThat(text("/$defs/target/properties/priority/default")).isEqualTo("0");
        assertThat(text("/$defs/target/properties/weight/default")).isEqualTo("1");
        assertThat(text("/$defs/server/properties/allow_private_addresses/default"))
                .isEqualTo("false");
    }

    /** A key of the document somewhere. */
    private interface KeyCheck {
        void check(String pointer, JsonNode key, boolean required);
    }

    private static void forEachKey(KeyCheck check) {
        forEachKey(SCHEMA, "", check);
        SCHEMA.get("$defs")
                .properties()
                .forEach(entry -> forEachKey(entry.getValue(), "/$defs/" + entry.getKey(), check));
    }

    private static void forEachKey(JsonNode schema, String pointer, KeyCheck check) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(key -> required.add(key.asString()));
        schema.path("properties").properties().forEach(property -> {
            String place = pointer + "/properties/" + property.getKey();
            if (property.getValue().isEmpty()) {
                return; // named only for the "required" beside it; another place describes it
            }
            check.check(place, property.getValue(), required.contains(property.getKey()));
            forEachKey(property.getValue(), place, check);
        });
        forEachSubschema(schema, pointer, (place, subschema) -> forEachKey(subschema, place, check));
    }

    private static void forEachSubschema(JsonNode schema, String pointer, BiConsumer<String, JsonNode> action) {
        for (String single : List.of("items", "additionalProperties")) {
            if (schema.path(single).isObject()) {
                action.accept(pointer + "/" + single, schema.get(single));
            }
        }
        for (String several : List.of("anyOf", "oneOf", "allOf", "prefixItems")) {
            for (int i = 0; i < schema.path(several).size(); i++) {
                if (schema.get(several).get(i).has("additionalProperties")) {
                    action.accept(
                            pointer + "/" + several + "/" + i,
                            schema.get(several).get(i));
                }
            }
        }
    }

    private static String text(String pointer) {
        return SCHEMA.at(pointer).asString();
    }

    private static List<String> words(String pointer) {
        return SCHEMA.at(pointer).valueStream().map(JsonNode::asString).toList();
    }
}
