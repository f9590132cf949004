package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Documents as tests have them, read with references left unresolved. */
final class Documents {
    static final Path SAMPLES = Path.of("samplesconfig");
    static final Path RESOURCES = Path.of("src/test/resources/config");

    private Documents() {}

    static Reading read(String document) {
        return ConfigReader.read(document.getBytes(UTF_8), References.UNRESOLVED);
    }

    static GatewayConfig accepted(String document) {
        Reading reading = read(document);
        assertThat(reading.problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return ((Reading.Accepted) reading).config();
    }

    /** The problems as {@code LINE:COL: error: MESSAGE (/pointer)}. */
    static List<String> problems(String document) {
        return read(document).problems().stream().map(Problem::toString).toList();
    }

    static List<Rule> rules(String document) {
        return read(document).problems().stream().map(Problem::rule).toList();
    }

    /** A document of these paths, given as the inside of the array. */
    static String paths(String... paths) {
        return "{\"servers\":[{\"alias\":\"s\",\"url\":\"http://localhost\"}],\"paths\":[\n" + String.join(",\n", paths)
                + "\n]}";
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
