package multicloud.gateway.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Listed;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rollback}: puts an earlier version of a document back, as a new version. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Puts an earlier version of a config back, as a new version: checked, shown, and asked about on a terminal.",
            "Without a version it is the last one that is another document than the newest: once more undoes it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:not written: there is no such version, it is refused, or somebody else wrote first"
        })
final class Rollback implements Callable<Integer> {
    /** How far back a version is looked for that is not named. */
    private static final int MOST = 100;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "s3://BUCKET/KEY", description = "Where the function reads it.")
    private String target = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "As history lists it.")
    private @Nullable String version;

    @Mixin
    private Author author = new Author();

    Rollback(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        S3Location at = Place.object(target, spec);
        try (Bucket bucket = new Bucket(console, at)) {
            Replacement replacement = new Replacement(console, bucket);
            return switch (bucket.objects().versions(at, version == null ? MOST : 1)) {
                case Listed(List<Entry> entries)
                when entries.isEmpty() -> replacement.refused("There is no such object.");
                case Listed(List<Entry> entries) -> {
                    String wanted = version == null ? before(entries) : version;
                    yield wanted == null
                            ? replacement.refused("There is no earlier document: see history.")
                            : back(wanted, entries.getFirst(), bucket, replacement);
                }
                case Refusal refusal ->
                    replacement.refused(
                            bucket.plainly(refusal, "s3:ListBucketVersions, s3:GetObjectVersion and s3:PutObject"));
            };
        }
    }

    /** The last version that is another document than the newest; null where there is none. */
    private static @Nullable String before(List<Entry> entries) {
        Entry newest = entries.getFirst();
        Optional<Entry> before = entries.stream()
                .filter(entry -> !entry.deleted())
                .filter(entry -> newest.deleted() || !Objects.equals(entry.etag(), newest.etag()))
                .findFirst();
        return before.map(Entry::id).orElse(null);
    }

    private int back(String wanted, Entry newest, Bucket bucket, Replacement replacement) {
        byte[] document = document(wanted, bucket, replacement);
        if (document == null) {
            return Main.REFUSED;
        }
        String by = author.name(console);
        if (newest.deleted()) {
            return replacement.write(document, new Condition.Absent(), by);
        }
        return switch (bucket.get(newest, newest)) {
            case S3Result.Found now -> replacement.over(now.bytes(), newest.etag(), document, by);
            case S3Result.TooLarge large -> replacement.over(Replacement.NO_DOCUMENT, newest.etag(), document, by);
            case S3Result.NotModified unasked -> throw new IllegalStateException("nothing was known before");
            case Refusal refusal -> replacement.refused(bucket.plainly(refusal, "s3:GetObjectVersion"));
        };
    }

    /** The bytes of a good version; null when there is none, which has been said then. */
    private byte @Nullable [] document(String wanted, Bucket bucket, Replacement replacement) {
        byte[] bytes = bytes(wanted, bucket, replacement);
        if (bytes == null) {
            return null;
        }
        Reading reading = ConfigReader.read(bytes, References.UNRESOLVED);
        Documents.print(bucket.at() + "@" + wanted, reading.problems(), console.err());
        if (reading instanceof Reading.Refused) {
            replacement.refused("That version is refused here.");
            return null;
        }
        return bytes;
    }

    private static byte @Nullable [] bytes(String wanted, Bucket bucket, Replacement replacement) {
        switch (bucket.get(wanted)) {
            case S3Result.Found found -> {
                return found.bytes();
            }
            case S3Result.TooLarge large ->
                replacement.refused("Version " + wanted + " has more than " + large.limit() + " bytes.");
            case S3Result.NotModified unasked -> throw new IllegalStateException("nothing was known before");
            case Refusal refusal ->
                replacement.refused("Version " + wanted + ": " + bucket.plainly(refusal, "s3:GetObjectVersion"));
        }
        return null;
    }
}
