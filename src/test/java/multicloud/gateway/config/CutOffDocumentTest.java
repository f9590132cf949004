package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import multicloud.gateway.config.Problem.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CutOffDocumentTest {
    static List<Path> samples() {
        return Documents.files(Documents.SAMPLES, ".json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aDocumentThatIsCutOffIsRefusedWhereverItIsCut(Path sample) {
        byte[] whole = Documents.text(sample).strip().getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(ConfigFuzz.read(cut, References.UNRESOLVED).problems())
                    .as(new String(cut, ISO_8859_1))
                    .filteredOn(problem -> problem.severity() == Severity.ERROR)
                    .extracting(Problem::rule)
                    .containsExactly(endsWithinACharacter(whole, length) ? Rule.ENCODING : Rule.SYNTAX);
        }
    }

    private static boolean endsWithinACharacter(byte[] whole, int length) {
        return (whole[length] & 0xc0) == 0x80;
    }
}
