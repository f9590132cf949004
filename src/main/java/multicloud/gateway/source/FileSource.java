package multicloud.gateway.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import multicloud.gateway.config.ConfigReader;
import org.jspecify.annotations.Nullable;

/** A file, looked at once a second: it is read again when its inode, size or time of modification are not those known. */
final class FileSource implements ConfigSource {
    private static final Duration PACE = Duration.ofSeconds(1);

    /** A file written so shortly before it was read may be written again without its attributes telling. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final Path file;
    private final InstantSource clock;

    FileSource(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Freshness freshness(Freshness configured) {
        return new Freshness(PACE, configured.maxStale());
    }

    @Override
    public Look look(@Nullable String known) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return new Look.Unavailable("it is not a file");
            }
            String tag = tag(attributes);
            return tag != null && tag.equals(known) ? new Look.Unchanged() : read(tag);
        } catch (NoSuchFileException e) {
            return new Look.Unavailable("there is no such file");
        } catch (AccessDeniedException e) {
            return new Look.Unavailable("the file may not be read");
        } catch (IOException e) {
            return new Look.Unavailable("the file cannot be read: " + e.getMessage());
        }
    }

    private Look read(@Nullable String tag) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(ConfigReader.MAX_BYTES + 1);
            return bytes.length > ConfigReader.MAX_BYTES ? new Look.TooLarge(tag) : new Look.Document(bytes, tag);
        }
    }

    /** Inode, size and time as web servers make an ETag of them; null while the time is too close to tell two contents apart. */
    private @Nullable String tag(BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (Duration.between(modified, clock.instant()).compareTo(UNSETTLED) < 0) {
            return null;
        }
        int inode = Objects.hashCode(attributes.fileKey());
        return String.format(
                "\"%x-%x-%x.%x\"", inode, attributes.size(), modified.getEpochSecond(), modified.getNano());
    }
}
