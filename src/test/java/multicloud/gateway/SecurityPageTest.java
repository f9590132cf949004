package multicloud.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page on security names for its promises is there. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security.md");

    private static Set<String> named(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyTestThatItNamesIsOne() throws IOException {
        Set<String> tests = named("`([A-Za-z]+(?:Test|Fuzz))`");
        assertThat(tests).hasSizeGreaterThan(30);
        assertThat(files("src/test/java", ".java")).containsAll(tests);
    }

    @Test
    void itNamesEveryTableOfAttacks() throws IOException {
        Set<String> tables = files("src/test/resources/security", ".json");
        assertThat(named("`([a-z-]+)\\.json`")).isEqualTo(tables);
    }

    /** A promise is a line of the list, and ends with its tests in italics. */
    @Test
    void everyPromiseHasItsTests() throws IOException {
        String page = Files.readString(PAGE);
        String promises =
                page.substring(page.indexOf("## What it promises"), page.indexOf("## What it does not promise"));
        assertThat(Stream.of(promises.split("\n- ")).skip(1))
                .hasSizeGreaterThan(20)
                .allSatisfy(promise -> assertThat(promise)
                        .matches("(?s).*\\*[^*]*(Test`|Fuzz`|\\.json`|the tables|The tables)[^*]*\\*\\s*(\n###? .*)?"));
    }
}
