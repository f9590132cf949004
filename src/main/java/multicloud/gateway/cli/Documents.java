package multicloud.gateway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import multicloud.gateway.config.ConfigReader;
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

    /** Prints every problem, one a line: {@code FILE:LINE:COL: error: MESSAGE (/pointer)}. */
    static void print(String file, List<Problem> problems, PrintStream to) {
        for (Problem problem : problems) {
            to.println(file + ":" + problem);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "it may not be read";
            default -> "it cannot be read: " + e.getMessage();
        };
    }
}
