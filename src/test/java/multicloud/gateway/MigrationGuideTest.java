package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Problem;
import multicloud.gateway.config.References;
import org.junit.jupiter.api.Test;

/** The page about moving over says what {@code check} says. */
class MigrationGuideTest {
    private final String page = page();

    private static String page() {
        try {
            return Files.readString(Path.of("docs/migrating-from-serverless-api-gateway.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> found(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<Problem> problems(String document) {
        return ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED)
                .problems();
    }

    @Test
    void theDocumentThatIsBroughtAlongHasTheProblemsThatThePageShows() {
        String shown = problems(found("```json\n(.*?)```").getFirst()).stream()
                .map(problem -> "shop.json:" + problem + "\n")
                .reduce("", String::concat);
        assertThat(found("```text\n(.*?)```").getFirst()).isEqualTo(shown);
    }

    @Test
    void theMendedDocumentHasNone() {
        assertThat(problems(found("```json\n(.*?)```").getLast())).isEmpty();
    }

    @Test
    void everyHoleHasItsRow() {
        assertThat(found("^\\| (\\d+) \\|[^\n]*\\|[^\n]*\\|[^\n]*\\|$"))
                .containsAll(
                        IntStream.rangeClosed(1, 16).mapToObj(Integer::toString).toList());
    }
}
