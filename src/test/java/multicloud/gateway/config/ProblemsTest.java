package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import multicloud.gateway.config.References.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents with all that is wrong with them, word for word: {@code NAME.json} and {@code NAME.problems.txt}. Each message for
 * itself is in {@link ProblemExamplesTest}; here stand its variants, and what is told of several problems at once.
 */
class ProblemsTest {
    private static final Path FOLDER = Documents.RESOURCES.resolve("problems");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("STAGE", "stage-value", "EMPTY", "", "GET", "GET", "SLASH", "/p/{name}");
    private static final Map<String, String> SECRETS = Map.of(
            "KEY", "hunter2", "EMPTY", "", "PHRASE", "a secret phrase", "OTHER", "hunter3", "LINES", "top\nsecret");

    static List<Path> documents() {
        return Documents.files(FOLDER, ".json");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theProblemsAreAsWritten(Path document) throws IOException {
        Path expected = FOLDER.resolve(document.getFileName().toString().replace(".json", ".problems.txt"));
        String problems = ConfigReader.read(Files.readAllBytes(document), ProblemsTest::lookup).problems().stream()
                .map(problem -> problem.rule() + " " + problem + "\n")
                .collect(Collectors.joining());
        assertThat(problems).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noProblemTellsASecret(Path document) throws IOException {
        assertThat(ConfigReader.read(Files.readAllBytes(document), ProblemsTest::lookup)
                        .problems())
                .allSatisfy(problem -> assertThat(problem.toString())
                        .doesNotContain("hunter2", "a secret phrase", "hunter3", "top", "stage-value"));
    }

    private static @Nullable String lookup(Kind kind, String name) {
        return (kind == Kind.ENV ? ENVIRONMENT : SECRETS).get(name);
    }
}
