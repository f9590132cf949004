package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import multicloud.gateway.source.ConfigSource.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456789Z");

    @TempDir
    Path folder;

    private Look.Document document(FileSource source, String known) {
        assertThat(source.look(known)).isInstanceOf(Look.Document.class);
        return (Look.Document) source.look(known);
    }

    private static void writtenAt(Path file, String content, Instant time) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    @Test
    void aFileThatIsTheSameIsNotReadAgain() throws IOException {
        Path file = folder.resolve("f");
        FileSource source = new FileSource(file, () -> NOW);
        writtenAt(file, "1", NOW.minusSeconds(10));
        String tag = document(source, null).tag();
        assertThat(source.look(tag)).isEqualTo(new Look.Unchanged());
        writtenAt(file, "2", NOW.minusSeconds(9));
        String next = document(source, tag).tag();
        writtenAt(file, "22", NOW.minusSeconds(9));
        assertThat(document(source, next).bytes()).hasSize(2);
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsRead() throws IOException {
        Path file = folder.resolve("f");
        FileSource source = new FileSource(file, () -> NOW);
        writtenAt(file, "1", NOW.minusSeconds(10));
        String tag = document(source, null).tag();
        writtenAt(folder.resolve("g"), "2", NOW.minusSeconds(10));
        Files.move(folder.resolve("g"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(document(source, tag).bytes()).containsExactly('2');
    }

    @Test
    void aFileWrittenJustNowMayBeWrittenAgainInTheSameInstant() throws IOException {
        Path file = folder.resolve("f");
        FileSource source = new FileSource(file, () -> NOW);
        writtenAt(file, "1", NOW);
        assertThat(document(source, null).tag()).isNull();
        writtenAt(file, "2", NOW);
        assertThat(document(source, null).bytes()).containsExactly('2');
    }

    @Test
    void whatIsNoFileIsSaid() {
        assertThat(new FileSource(folder, () -> NOW).look(null)).isEqualTo(new Look.Unavailable("it is not a file"));
        assertThat(new FileSource(folder.resolve("none"), () -> NOW).look(null))
                .isEqualTo(new Look.Unavailable("there is no such file"));
    }
}
