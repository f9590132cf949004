package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every problem the reader can tell has an example, each example is what it says, and the documentation lists them all. With
 * {@code -Ddocs.write} the list in the documentation is written anew.
 */
class ProblemExamplesTest {
    /** Never told: the first because it only counts beyond the most problems, the second because such a path has been refused before. */
    private static final Set<String> NEVER_TOLD = Set.of("\\Qunknown key\\E", "\\Qit does not begin with a slash\\E");

    /** Where the parser's own words are cut off, and what is never told. */
    private static final Set<String> NO_PHRASES = Set.of(
            ": enable `",
            "(for Array starting",
            "(for Object starting",
            "(start marker",
            "it does not begin with a slash");

    static List<ProblemExample> examples() {
        return ProblemExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theWrongDocumentHasTheseProblems(ProblemExample example) {
        List<Problem> problems = example.readWrong().problems();
        List<String> told = problems.stream().map(Problem::toString).toList();
        if (example.problems().getFirst().equals("…")) {
            assertThat(told)
                    .hasSizeGreaterThan(1)
                    .last()
                    .isEqualTo(example.problems().getLast());
        } else {
            assertThat(told).isEqualTo(example.problems());
        }
        assertThat(problems.getLast().rule()).isEqualTo(example.rule());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theRightDocumentHasNone(ProblemExample example) {
        assertThat(example.readRight().problems()).isEmpty();
    }

    @Test
    void everyRuleHasAnExample() {
        assertThat(examples().stream().map(ProblemExample::rule).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Rule.class));
    }

    @Test
    void noProblemHasTwoExamplesThatSayTheSame() {
        assertThat(examples().stream().map(ProblemExample::said)).doesNotHaveDuplicates();
    }

    @Test
    void everyMessageOfTheReaderHasAnExample() throws IOException {
        ReaderMessages messages = ReaderMessages.scan();
        List<String> told = examples().stream()
                .map(example -> example.said().replaceFirst("^(error|warning): ", ""))
                .toList();
        Set<String> patterns = new TreeSet<>(messages.patterns());
        patterns.removeAll(NEVER_TOLD);
        assertThat(patterns)
                .hasSizeGreaterThan(60)
                .allSatisfy(pattern -> assertThat(told)
                        .as("An example under config/examples is missing for the message %s", pattern)
                        .anyMatch(message -> message.matches("(.*: )?" + pattern)));
        Set<String> phrases = new TreeSet<>(messages.phrases());
        phrases.removeAll(NO_PHRASES);
        assertThat(phrases)
                .hasSizeGreaterThan(60)
                .allSatisfy(phrase -> assertThat(told)
                        .as("An example under config/examples is missing for a message with the words %s", phrase)
                        .anyMatch(message -> message.contains(phrase)));
    }

    @Test
    void theDocumentationListsThemAll() throws IOException {
        String written = Documents.text(ProblemList.PAGE);
        String page = ProblemList.into(written, ProblemExample.sections());
        if (System.getProperty("docs.write") != null) {
            Files.write(ProblemList.PAGE, page.getBytes(UTF_8));
            return;
        }
        assertThat(written)
                .as("The list is another than the examples: ./mvnw -q test -Dtest=ProblemExamplesTest -Ddocs.write")
                .isEqualTo(page);
    }
}
