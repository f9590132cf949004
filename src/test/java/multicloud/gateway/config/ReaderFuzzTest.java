package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import multicloud.gateway.config.Problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes, the reader answers with records or with problems, in order and within the document. */
class ReaderFuzzTest {
    private static final String ALPHABET = "{}[]\",:\\/ \n\r\t0123456789.eE+-truefalsn$\u0000\u001f\u007fé\u2028\ufeff";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static List<Path> samples() {
        return Documents.files(Documents.SAMPLES, ".json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aDocumentThatIsCutOffIsRefusedWhereverItIsCut(Path sample) {
        byte[] whole = Documents.text(sample).strip().getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Reading reading = read(cut);
            assertThat(reading.problems())
                    .as(new String(cut, ISO_8859_1))
                    .filteredOn(problem -> problem.severity() == Severity.ERROR)
                    .extracting(Problem::rule)
                    .containsExactly(endsWithinACharacter(whole, length) ? Rule.ENCODING : Rule.SYNTAX);
        }
    }

    private static boolean endsWithinACharacter(byte[] whole, int length) {
        return (whole[length] & 0xc0) == 0x80;
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            byte[] document = new byte[random.nextInt(60)];
            random.nextBytes(document);
            assertThat(read(document)).isInstanceOf(Reading.Refused.class);
        }
    }

    @Test
    void randomJsonPunctuationIsRefused() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder document = new StringBuilder();
            for (int length = random.nextInt(80); length > 0; length--) {
                document.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            assertThat(read(document.toString().getBytes(UTF_8))).isInstanceOf(Reading.Refused.class);
        }
    }

    @Test
    void aSampleWithChangedBytesIsAcceptedOnlyWhenItIsStillStrictJson() {
        Random random = new Random(3);
        List<Path> samples = samples();
        int accepted = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] document =
                    Documents.text(samples.get(random.nextInt(samples.size()))).getBytes(UTF_8);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(document.length);
                document[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            }
            if (read(document) instanceof Reading.Accepted) {
                accepted++;
                assertThat(isStrictJson(document))
                        .as(new String(document, ISO_8859_1))
                        .isTrue();
            }
        }
        assertThat(accepted).isPositive();
    }

    private static Reading read(byte[] document) {
        Reading reading = ConfigReader.read(document, References.UNRESOLVED);
        List<Problem> problems = reading.problems();
        boolean refused = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        assertThat(refused).isEqualTo(reading instanceof Reading.Refused);
        int line = 1;
        int column = 1;
        for (Problem problem : problems) {
            assertThat(problem.line()).isBetween(line, document.length + 1);
            assertThat(problem.column()).isBetween(problem.line() == line ? column : 1, document.length + 1);
            assertThat(problem.toString().lines()).hasSize(1);
            line = problem.line();
            column = problem.column();
        }
        return reading;
    }

    private static boolean isStrictJson(byte[] document) {
        try {
            STRICT.readTree(document);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
