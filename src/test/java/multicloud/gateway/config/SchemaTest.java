package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema describes every key that the reader knows, and no other. */
class SchemaTest {
    private static final String FILE = "src/main/resources/gateway-config.schema.json";
    private static final JsonNode SCHEMA = JsonMapper.shared().readTree(Documents.text(Path.of(FILE)));

    @Test
    void theSchemaIsOne() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(SCHEMA)).isEmpty();
    }

    @Test
    void itsKeysAreTheReaders() {
        Map<String, Keys> places = Map.of(
                "", DocumentReader.KEYS,
                "/$defs/server", ServerReader.KEYS,
                "/$defs/target", ServerReader.TARGET,
                "/$defs/path", PathReader.KEYS,
                "/$defs/path/properties/integration", PathReader.INTEGRATION,
                "/$defs/path/properties/match", RouteReader.MATCH,
                "/$defs/timeouts", TimeoutSettings.KEYS,
                "/$defs/limits", Defaults.LIMITS);
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
        assertThat(words("/$defs/path/properties/integration/properties/type/anyOf/0/enum"))
                .containsExactlyInAnyOrderElementsOf(PathReader.TYPES);
        assertThat(words("/$defs/path/properties/encoded_slashes/anyOf/0/enum"))
                .containsExactlyInAnyOrderElementsOf(RouteReader.ENCODED_SLASHES);
    }

    @Test
    void everyKeyIsDescribedWithExamplesAndItsDefault() {
        Set<String> seen = new HashSet<>();
        describe(SCHEMA, "", seen);
        assertThat(seen).contains("/properties/paths", "/$defs/server/properties/alias");
        assertThat(seen).hasSizeGreaterThan(40);
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

    private static void describe(JsonNode schema, String pointer, Set<String> seen) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(key -> required.add(key.asString()));
        schema.path("properties").properties().forEach(property -> {
            String place = pointer + "/properties/" + property.getKey();
            JsonNode described = property.getValue();
            seen.add(place);
            String description = described.path("description").asString("");
            assertThat(description).as(place).hasSizeGreaterThan(15);
            assertThat(described.path("examples").size()).as(place).isPositive();
            boolean saysDefault = described.has("default") || description.contains("Default: ");
            assertThat(saysDefault).as("default of " + place).isEqualTo(!required.contains(property.getKey()));
            describe(described, place, seen);
        });
        schema.path("$defs").properties().forEach(entry -> {
            assertThat(entry.getValue().has("description")).as(entry.getKey()).isTrue();
            describe(entry.getValue(), "/$defs/" + entry.getKey(), seen);
        });
    }

    private static String text(String pointer) {
        return SCHEMA.at(pointer).asString();
    }

    private static List<String> words(String pointer) {
        return SCHEMA.at(pointer).valueStream().map(JsonNode::asString).toList();
    }
}
