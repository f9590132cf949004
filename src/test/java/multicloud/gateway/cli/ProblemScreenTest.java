package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import multicloud.gateway.cli.Cli.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code check} shows on a terminal: {@code NAME.json} and {@code NAME.screen.txt}, 80 columns without colours. */
class ProblemScreenTest {
    private static final Path FOLDER = Path.of("src/test/resources/check");
    private static final Path PROBLEMS = Path.of("src/test/resources/config/problems");
    private static final Map<String, String> PLAIN = Map.of("NO_COLOR", "1");
    private static final Pattern HEADING = Pattern.compile("(.*?\\.json):(\\d+):(\\d+): (error|warning): .*");

    static List<Path> screens() throws IOException {
        return documents(FOLDER);
    }

    static List<Path> all() throws IOException {
        return Stream.concat(documents(FOLDER).stream(), documents(PROBLEMS).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void theScreenIsAsWritten(Path document) throws IOException {
        Path expected = FOLDER.resolve(document.getFileName().toString().replace(".json", ".screen.txt"));
        Said said = Cli.onTerminal(PLAIN).with("check", document);
        assertThat(said.out()).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theProblemsAreThoseOfAPipeWordForWord(Path document) {
        Said piped = Cli.run("check", document);
        Said shown = Cli.onTerminal(PLAIN).with("check", document);
        assertThat(shown.out().lines().filter(line -> line.startsWith(document + ":")))
                .containsExactlyElementsOf(piped.out().lines().toList());
        assertThat(shown.exit()).isEqualTo(piped.exit());
        Said coloured = Cli.onTerminal(Map.of()).with("check", document);
        assertThat(coloured.out().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(shown.out());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingReachesTheTerminalThatCouldSteerIt(Path document) {
        String out = Cli.onTerminal(PLAIN).with("check", document).out();
        assertThat(out.codePoints().filter(c -> c != '\n'))
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
    }

    @ParameterizedTest
    @MethodSource("all")
    void noExcerptIsWiderThanTheTerminal(Path document) {
        for (int columns : List.of(1, 40, 57, 120)) {
            Map<String, String> narrow = Map.of("NO_COLOR", "1", "COLUMNS", String.valueOf(columns));
            assertThat(Cli.onTerminal(narrow)
                            .with("check", document)
                            .out()
                            .lines()
                            .filter(line -> line.matches(" *[0-9]* \\| .*")))
                    .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                            .isLessThanOrEqualTo(Math.max(columns, 40)));
        }
    }

    /** Where every character is as wide as every other, each excerpt is the line, and the carets stand at the columns told. */
    @ParameterizedTest
    @MethodSource("all")
    void theCaretsStandAtTheColumns(Path document) throws IOException {
        List<String> lines =
                new String(Files.readAllBytes(document), UTF_8).lines().toList();
        List<String> screen = Cli.onTerminal(Map.of("NO_COLOR", "1", "COLUMNS", "9999"))
                .with("check", document)
                .out()
                .lines()
                .toList();
        Set<Integer> columns = new TreeSet<>();
        for (int i = 0; i < screen.size(); i++) {
            Matcher heading = HEADING.matcher(screen.get(i));
            if (heading.matches()) {
                columns.add(Integer.parseInt(heading.group(3)) - 1);
            } else if (!screen.get(i).isEmpty()) {
                String[] shown = screen.get(i).split(" \\| ", 2);
                String line = line(lines, Integer.parseInt(shown[0].strip()));
                if (line.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                    assertThat(shown[1]).isEqualTo(line);
                    assertThat(carets(screen.get(i + 1), shown[0].length() + 3)).isEqualTo(columns);
                }
                columns.clear();
                i++;
            }
        }
    }

    @Test
    void coloursSayWhatIsAnErrorAndWhatAWarning() {
        Path document = FOLDER.resolve("shared-line.json");
        String out = Cli.onTerminal(Map.of()).with("check", document).out();
        assertThat(out.lines().limit(5))
                .containsExactly(
                        "\u001b[1m" + document + ":4:50:\u001b[0m \u001b[33mwarning:\u001b[0m"
                                + " a static answer calls nobody: its timeouts have no effect"
                                + " \u001b[2m(/paths/0/timeouts)\u001b[0m",
                        "\u001b[1m" + document + ":4:61:\u001b[0m \u001b[31merror:\u001b[0m"
                                + " expected a duration such as \"250ms\", \"10s\" or \"2m\", found \"1h\""
                                + " \u001b[2m(/paths/0/timeouts/total)\u001b[0m",
                        "\u001b[2m4 | \u001b[0m…d\": \"GET\", \"path\": \"/a\", \"timeouts\": { \"total\": \"1h\" }, \"limits\": { \"body\"…",
                        "\u001b[2m  | \u001b[0m" + " ".repeat(38) + "\u001b[33m^\u001b[0m" + " ".repeat(10)
                                + "\u001b[31m^\u001b[0m",
                        "");
    }

    @Test
    void theSummaryGoesToStderr() {
        Path refused = FOLDER.resolve("shared-line.json");
        Path good = Path.of("samplesconfig", "minimal.json");
        Said said = Cli.onTerminal(PLAIN).with("check", refused, good);
        assertThat(said.err().lines())
                .containsExactly(refused + ": refused, 5 errors, 1 warning", good + ": good, 1 path, 1 server");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(Cli.run("check", refused).err()).isEmpty();
    }

    @Test
    void whatAReferenceStandsForIsNotShown() {
        Path document = FOLDER.resolve("references.json");
        Map<String, String> environment = Map.of(
                "NO_COLOR", "1", "ORDERS_URL", "ftp://hunter2", "TOTAL", "hunter3", "PATH", "hunter4", "NONE", "");
        Said said = Cli.onTerminal(environment).with("check", "--resolve", document);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("the value of $env.ORDERS_URL does not fit", "\"$secret.TOTAL\"", "$secret.NONE has no value")
                .doesNotContain("hunter");
        assertThat(said.err()).doesNotContain("hunter");
    }

    private static String line(List<String> lines, int number) {
        return number <= lines.size() ? lines.get(number - 1) : "";
    }

    private static Set<Integer> carets(String line, int margin) {
        Set<Integer> carets = new TreeSet<>();
        for (int i = line.indexOf('^'); i >= 0; i = line.indexOf('^', i + 1)) {
            carets.add(i - margin);
        }
        return carets;
    }

    private static List<Path> documents(Path folder) throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(documents::add);
        }
        return documents;
    }
}
