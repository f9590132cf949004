package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import multicloud.gateway.config.Problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the schema refuses the reader refuses; what breaks a rule of shape the schema refuses. */
class SchemaAgreementTest {
    private static final int MUTANTS = 6_000;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Documents.text(Path.of("src/main/resources/gateway-config.schema.json")));

    static List<Path> documents() {
        List<Path> documents = new ArrayList<>(Documents.files(Documents.SAMPLES, ".json"));
        documents.add(Documents.RESOURCES.resolve("everything.json"));
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySampleIsAcceptedByTheSchema(Path document) {
        assertThat(SCHEMA.validate(MAPPER.readTree(Documents.text(document)))).isEmpty();
    }

    static List<ProblemExample> examples() {
        return ProblemExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsJudgedAlike(ProblemExample example) {
        assertThat(SCHEMA.validate(MAPPER.readTree(example.document(example.right()))))
                .isEmpty();
        if (example.rule().isShape()) {
            assertThat(SCHEMA.validate(MAPPER.readTree(example.document(example.wrong()))))
                    .isNotEmpty();
        }
    }

    @Test
    void mutationsOfTheSamplesAreJudgedAlike() {
        Random random = new Random(20_260_101);
        List<JsonNode> seeds = documents().stream()
                .map(document -> MAPPER.readTree(Documents.text(document)))
                .toList();
        Mutation mutation = new Mutation(random, MAPPER, seeds);
        Map<Rule, Integer> broken = new EnumMap<>(Rule.class);
        int accepted = 0;
        for (int i = 0; i < MUTANTS; i++) {
            JsonNode mutant = seeds.get(random.nextInt(seeds.size()));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutant = mutation.of(mutant);
            }
            String document = MAPPER.writeValueAsString(mutant);
            List<Problem> problems = compare(document);
            problems.forEach(problem -> broken.merge(problem.rule(), 1, Integer::sum));
            accepted += problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR) ? 0 : 1;
        }
        assertThat(accepted).isBetween(MUTANTS / 20, MUTANTS * 2 / 3);
        assertThat(broken.keySet())
                .contains(
                        Rule.TYPE,
                        Rule.UNKNOWN_KEY,
                        Rule.UNSUPPORTED,
                        Rule.MISSING_KEY,
                        Rule.VALUE,
                        Rule.CONFLICT,
                        Rule.REFERENCE,
                        Rule.URL,
                        Rule.PATH,
                        Rule.REWRITE,
                        Rule.HOST,
                        Rule.HEADER,
                        Rule.DANGLING_SERVER,
                        Rule.DUPLICATE_ROUTE,
                        Rule.UNUSED_SERVER);
    }

    private static List<Problem> compare(String document) {
        Reading reading = Documents.read(document);
        JsonNode tree = MAPPER.readTree(document);
        for (Problem problem : reading.problems()) {
            assertThat(tree.at(problem.pointer()).isMissingNode())
                    .as(problem + " of " + document)
                    .isFalse();
        }
        boolean schemaRefuses = !SCHEMA.validate(tree).isEmpty();
        if (schemaRefuses) {
            assertThat(reading).as(document).isInstanceOf(Reading.Refused.class);
        }
        List<Problem> ofShape = reading.problems().stream()
                .filter(problem -> problem.rule().isShape())
                .toList();
        if (!ofShape.isEmpty()) {
            assertThat(schemaRefuses).as(ofShape + " of " + document).isTrue();
        }
        return reading.problems();
    }
}
