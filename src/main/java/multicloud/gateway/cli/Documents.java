package multicloud.gateway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Result;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Problem;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import org.jspecify.annotations.Nullable;

/** The documents that stand on a command line. */
final class Documents {
    private Documents() {}

    /** The bytes of a file; null when it cannot be read, which has been said then. */
    static byte @Nullable [] bytes(String file, PrintStream err) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            err.println(file + ": " + reason(e));
            return null;
        }
    }

    /** Reads a document without looking its references up; null when the file cannot be read, which has been said then. */
    static @Nullable Reading read(String file, PrintStream err) {
        byte[] bytes = bytes(file, err);
        return bytes == null ? null : ConfigReader.read(bytes, References.UNRESOLVED);
    }

    /** The bytes of a good document; null when it is refused or cannot be read, which has been said then. */
    static byte @Nullable [] checked(String file, PrintStream err) {
        byte[] bytes = bytes(file, err);
        if (bytes == null) {
            return null;
        }
        Reading reading = ConfigReader.read(bytes, References.UNRESOLVED);
        print(file, reading.problems(), err);
        return reading instanceof Reading.Accepted ? bytes : null;
    }

    /** A document to compare, its references as written; null when it is refused or cannot be read, which has been said then. */
    static @Nullable GatewayConfig compared(Place place, Console console) {
        byte[] bytes = place.object() == null
                ? bytes(place.text(), console.err())
                : bytes(place.object(), place.version(), console);
        return switch (bytes == null ? null : ConfigReader.read(bytes, References.AS_WRITTEN)) {
            case null -> null;
            case Reading.Refused refused -> {
                print(place.text(), refused.problems(), console.err());
                yield null;
            }
            case Reading.Accepted accepted -> accepted.config();
        };
    }

    private static byte @Nullable [] bytes(S3Location at, @Nullable String version, Console console) {
        try (Bucket bucket = new Bucket(console, at)) {
            String name = version == null ? at.toString() : at + "@" + version;
            switch (version == null ? bucket.get() : bucket.get(version)) {
                case S3Result.Found found -> {
                    return found.bytes();
                }
                case S3Result.TooLarge large ->
                    console.err().println(name + ": it has more than " + large.limit() + " bytes");
                case S3Result.NotModified unasked -> throw new IllegalStateException("nothing was known before");
                case S3Result.Refusal refusal ->
                    console.err()
                            .println(name + ": "
                                    + bucket.plainly(
                                            refusal, version == null ? "s3:GetObject" : "s3:GetObjectVersion"));
            }
            return null;
        }
    }

    /** Prints every problem, one a line: {@code FILE:LINE:COL: error: MESSAGE (/pointer)}. */
    static void print(String file, List<Problem> problems, PrintStream to) {
        for (Problem problem : problems) {
            to.println(file + ":" + problem);
        }
    }

    /** Why a file cannot be read, for a person. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "it may not be read";
            default -> "it cannot be read: " + e.getMessage();
        };
    }
}
