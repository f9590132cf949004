package multicloud.gateway.cli;

import java.util.concurrent.Callable;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.NotModified;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.aws.S3Result.TooLarge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code publish}: checks a document, then writes it into a bucket without overwriting what the caller has not seen. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a config, then writes it to S3.",
            "Without a flag it is written only if there is no object yet."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:not written: the config is refused, somebody else wrote first, or S3 refused"})
final class Publish implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "A config file.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "s3://BUCKET/KEY", description = "Where the function reads it.")
    private String target = "";

    @ArgGroup
    private Replacing replacing = new Replacing();

    @Mixin
    private Author author = new Author();

    /** What may be written over. */
    static final class Replacing {
        @Option(
                names = "--if-match",
                paramLabel = "ETAG",
                description = "Replace the object that has this ETag, and no other.")
        private @Nullable String etag;

        @Option(
                names = "--replace",
                description =
                        "Replace the object that is there now: what changes is shown, on a terminal you are asked, and"
                                + " nobody's change is lost who writes meanwhile.")
        private boolean replace;
    }

    Publish(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        S3Location at = Place.object(target, spec);
        byte[] document = Documents.checked(file, console.err());
        if (document == null) {
            return Main.REFUSED;
        }
        try (Bucket bucket = new Bucket(console, at)) {
            Replacement replacement = new Replacement(console, bucket);
            if (replacing.replace) {
                return replace(bucket, replacement, document);
            }
            Condition condition =
                    replacing.etag == null ? new Condition.Absent() : new Condition.Matches(quoted(replacing.etag));
            return replacement.write(document, condition, author.name(console));
        }
    }

    private int replace(Bucket bucket, Replacement replacement, byte[] document) {
        return switch (bucket.get()) {
            case Found found -> replacement.over(found.bytes(), found.version().etag(), document, author.name(console));
            case TooLarge large ->
                replacement.over(Replacement.NO_DOCUMENT, large.version().etag(), document, author.name(console));
            case NotModified unasked -> throw new IllegalStateException("nothing was known before");
            case Missing missing
            when !missing.bucket() -> replacement.write(document, new Condition.Absent(), author.name(console));
            case Refusal refusal -> replacement.refused(refusal);
        };
    }

    /** An ETag is quoted in the protocol, and often not on a command line. */
    private static String quoted(String etag) {
        return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
    }
}
