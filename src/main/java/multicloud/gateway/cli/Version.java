package multicloud.gateway.cli;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Problem.Severity;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document, as it is good for this gateway.
 *
 * @param sha256 in hex; null where it was not read
 * @param by who says to have published it; null where nobody does
 * @param good whether this gateway would take it
 * @param verdict the same in words
 */
record Version(
        Entry entry, @Nullable String sha256, @Nullable String by, boolean good, String verdict) {
    /** As many digits of the hash name a document in the log. */
    static final int SHORT = 12;

    static Version read(Entry entry, Found found) {
        String verdict = switch (ConfigReader.read(found.bytes(), References.UNRESOLVED)) {
            case Reading.Accepted accepted -> "good";
            case Reading.Refused refused -> {
                long errors = refused.problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .count();
                yield "refused, " + errors + (errors == 1 ? " error" : " errors");
            }
        };
        return new Version(entry, sha256(found.bytes()), found.publishedBy(), verdict.equals("good"), verdict);
    }

    static Version deleted(Entry entry) {
        return unread(entry, "deleted");
    }

    static Version unread(Entry entry, String verdict) {
        return new Version(entry, null, null, false, verdict);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
